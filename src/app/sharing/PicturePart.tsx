import { useId, useState } from 'react'
import { formatInstant } from '../../base/units.ts'
import type { SharedRun } from '../../lab/shared/shared-run.ts'
import { drawPicture } from '../picture/draw.ts'
import { pngOf } from '../picture/png.ts'
import { findSubject, type PictureSubject, subjectsOf } from '../picture/subjects.ts'
import type { PageState } from '../state.ts'
import { save } from './save.ts'

interface PicturePartProps {
  lab: NonNullable<PageState['lab']>
  shared: SharedRun
  /** A file's name, with its ending. */
  name(extension: string): string
}

/** What is on the page as a picture for slides and papers, in the theme on show. */
export function PicturePart({ lab, shared, name }: PicturePartProps) {
  const subjects = subjectsOf(lab.view)
  const [id, setId] = useState(subjects[0]?.id ?? '')
  const [said, setSaid] = useState('')
  const heading = useId()
  const subject = subjects.find((one) => one.id === id)
  const draw = async (format: 'svg' | 'png') => {
    if (subject === undefined) return
    setSaid('It is being drawn…')
    const title = `${lab.engine.about.title}, ${subject.title.toLowerCase()} at ${formatInstant(shared.moment.at)}`
    const blob = await pictureOf(subject, title, format)
    setSaid(typeof blob === 'string' ? blob : '')
    if (typeof blob !== 'string') save(name(`${subject.id}.${format}`), blob)
  }
  return (
    <section aria-labelledby={heading}>
      <h3 id={heading}>Picture</h3>
      <div className="share-picture">
        <select className="select" aria-label="Picture of" value={id} onChange={({ target }) => setId(target.value)}>
          {subjects.map((one) => (
            <option key={one.id} value={one.id}>
              {one.title}
            </option>
          ))}
        </select>
        <button type="button" className="button" onClick={() => void draw('svg')}>
          SVG
        </button>
        <button type="button" className="button" onClick={() => void draw('png')}>
          PNG
        </button>
      </div>
      <p className="dim share-says">As it stands on the page, in this theme and with its fonts, in one file.</p>
      <p role="status" className="dim">
        {said}
      </p>
    </section>
  )
}

/** The file, or a sentence that says why there is none. */
async function pictureOf(subject: PictureSubject, title: string, format: 'svg' | 'png'): Promise<Blob | string> {
  const found = await findSubject(subject)
  if (typeof found === 'string') return found
  try {
    const picture = await drawPicture(found.element, title)
    if (format === 'svg') return new Blob([picture.svg], { type: 'image/svg+xml' })
    return (await pngOf(picture)) ?? 'This browser cannot draw the picture as a PNG; take the SVG.'
  } finally {
    found.release()
  }
}
