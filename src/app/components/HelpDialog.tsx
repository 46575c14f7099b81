import { Modal } from './Modal.tsx'
import './help-dialog.css'

const KEYS: readonly { title: string; keys: readonly (readonly [keys: string, does: string])[] }[] = [
  {
    title: 'Time',
    keys: [
      ['Space', 'play or pause'],
      ['← →', 'one event back or forward'],
      ['Shift ← →', '100 ms back or forward'],
      ['Home End', 'to the start, to the furthest moment seen'],
      ['J', 'jump to an election, a fault, a condition …'],
      [', .', 'to the last or next of the kind jumped to'],
      ['[ ]', 'slower, faster'],
      ['B', 'branches: other futures of this run'],
      ['V', 'compare with a branch, a seed, a setting'],
      ['Page ↑ ↓', 'in a lesson: back, go on'],
    ],
  },
  {
    title: 'Diagram, when it has the focus',
    keys: [
      ['← →', 'a little back or forward; Shift for more'],
      ['↑ ↓', 'from mark to mark'],
      ['Page ↑ ↓', 'from story to story'],
      ['+ − 0', 'closer, wider, the whole run; the wheel, too'],
      ['Shift Page ↑ ↓', 'along by half of what is on show'],
      ['F', 'back to the moment on show'],
    ],
  },
  {
    title: 'Server',
    keys: [
      ['Tab', 'to the servers, arrows move between them'],
      ['Enter', 'what can be done with it'],
      ['C', 'crash the one that is picked out'],
      ['R', 'restart it'],
      ['P', 'pause or resume it'],
      ['Y', 'why is it so; with none picked out, why did this happen'],
    ],
  },
  {
    title: 'Network and clients',
    keys: [
      ['X', 'cut the network'],
      ['H', 'heal every cut'],
      ['M', 'messages in hand: held, let in, dropped, put in another order'],
      ['W', 'write a value'],
      ['Ctrl Z', 'take back the last thing you did'],
      ['Ctrl Y', 'do it again; Ctrl Shift Z, too'],
    ],
  },
  {
    title: 'Page',
    keys: [
      ['F', 'present: full screen; then Page ↓, Page ↑, B dark, N notes'],
      ['G', 'gallery: lessons, challenges, scenarios'],
      ['S', 'share: a link to this moment, files'],
      ['T', 'light or dark'],
      ['L', 'large, for a projector'],
      ['?', 'this help'],
      ['Esc', 'close, or pick out nothing'],
    ],
  },
]

/** Every key of the page. */
export function HelpDialog() {
  return (
    <Modal title="Keys" className="help-dialog">
      <div className="help-groups">
        {KEYS.map(({ title, keys }) => (
          <section key={title}>
            <h3>{title}</h3>
            <dl>
              {keys.map(([names, does]) => (
                <div key={names}>
                  <dt>
                    {names.split(' ').map((name) => (
                      <kbd key={name}>{name}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <p className="dim">
        On the line at the bottom, arrows move by 10 ms, Page Up and Page Down from one story to the next. Drag a stroke
        across links on the stage to cut them.
      </p>
    </Modal>
  )
}
