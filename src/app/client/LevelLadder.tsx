import type { Ladder, Level, Rung } from '../../check/levels.ts'
import { Icon } from '../../ui/icons.tsx'
import { LEVEL_WORDS } from './level-words.ts'
import { NUMBERS } from '../../ui/numbers.ts'
import type { Bar, Told } from './track.ts'
import './level-ladder.css'

interface LadderProps {
  told: Told
  ladder: Ladder
  promise: Level | null
  onPoint(bars: readonly Bar[]): void
}

/** How strong a promise the history keeps: the strongest level stands on top, and what breaks one beside it. */
export function LevelLadder({ told, ladder, promise, onPoint }: LadderProps) {
  const { rungs, leftOut } = ladder
  return (
    <section className="ladder" aria-labelledby="ladder-title">
      <h3 id="ladder-title">What it keeps</h3>
      <ol>
        {rungs.toReversed().map((rung) => (
          <li key={rung.level} data-level={rung.level} data-verdict={rung.verdict}>
            <Icon name={SIGNS[rung.verdict]} size={13} />
            <div>
              <p title={LEVEL_WORDS[rung.level].says}>
                <strong>{LEVEL_WORDS[rung.level].name}</strong> <em>{KEPT[rung.verdict]}</em>
                {promise === rung.level && <span className="ladder-promise">promised</span>}
              </p>
              {rung.why !== null && (
                <Why rung={rung} below={rungs.slice(0, rungs.indexOf(rung))} told={told} onPoint={onPoint} />
              )}
            </div>
          </li>
        ))}
      </ol>
      {leftOut > 0 && (
        <p className="dim">
          {NUMBERS.format(leftOut)} of the answers could have come from several writes and count for no session.
        </p>
      )}
    </section>
  )
}

const SIGNS = { ok: 'check', broken: 'close', open: 'question' } as const
const KEPT = { ok: 'kept', broken: 'broken', open: 'open' } as const

interface WhyProps {
  rung: Rung
  below: readonly Rung[]
  told: Told
  onPoint(bars: readonly Bar[]): void
}

/** The sentence, and the operations that it speaks of; once for all levels that break by the same. */
function Why({ rung: { why }, below, told, onPoint }: WhyProps) {
  if (why === null) return null
  const same = below.find((other) => other.verdict === 'broken' && other.why?.text === why.text)
  if (same !== undefined) return <p className="dim">By the same as {LEVEL_WORDS[same.level].name}.</p>
  const bars = [...why.pair, ...why.through].flatMap((place) => told.bars.find((bar) => bar.place === place) ?? [])
  return (
    <>
      <p>{why.text}</p>
      {bars.length > 0 && (
        <button type="button" className="ladder-show" onClick={() => onPoint(bars)}>
          {bars.length === 1 ? 'Show it' : bars.length === 2 ? 'Show both' : `Show all ${bars.length}`}
        </button>
      )}
    </>
  )
}
