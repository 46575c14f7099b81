import scenarios from 'virtual:scenarios'
import { useState } from 'react'
import { actions } from '../actions.ts'
import { labIds } from '../catalogue.ts'
import { Modal } from '../components/Modal.tsx'
import type { Picture } from './picture.ts'
import drawn from './pictures.json'
import { Thumbnail } from './Thumbnail.tsx'
import './gallery.css'

const pictures = drawn as unknown as Readonly<Record<string, Picture>>

interface Entry {
  id: string
  kind: 'lab' | 'lesson' | 'challenge' | 'scenario'
  lab: string
  title: string
  about: string
  topic: string
}

const KINDS = [
  { kind: 'lab', one: 'Lab', name: 'Labs' },
  { kind: 'lesson', one: 'Lesson', name: 'Lessons' },
  { kind: 'challenge', one: 'Challenge', name: 'Challenges' },
  { kind: 'scenario', one: 'Scenario', name: 'Scenarios' },
] as const

const entries: readonly Entry[] = [
  ...labIds.map((id) => ({
    id,
    kind: 'lab' as const,
    lab: id,
    title: pictures[id]?.lab?.title ?? titleOf(id),
    about: pictures[id]?.lab?.says ?? '',
    topic: '',
  })),
  // Lessons are numbered in their titles.
  ...scenarios.filter(({ kind }) => kind === 'lesson').toSorted((x, y) => (x.title < y.title ? -1 : 1)),
  ...scenarios.filter(({ kind }) => kind !== 'lesson'),
]

const topics = [...new Set(entries.map(({ topic }) => topic))].filter((topic) => topic !== '').toSorted()

/** Everything that the page can open, each with a picture of its own run. */
export function Gallery() {
  const [lab, setLab] = useState<string | null>(null)
  const [topic, setTopic] = useState<string | null>(null)
  const shown = entries.filter(
    (entry) => (lab === null || entry.lab === lab) && (topic === null || entry.topic === topic),
  )
  return (
    <Modal title="Gallery" className="gallery">
      <Choice label="Lab" all="All labs" options={labIds} name={titleOf} chosen={lab} onChoose={setLab} />
      <Choice label="Topic" all="All topics" options={topics} name={plainly} chosen={topic} onChoose={setTopic} />
      <div className="gallery-scroll">
        {KINDS.map(({ kind, name, one }) => {
          const some = shown.filter((entry) => entry.kind === kind)
          if (some.length === 0) return null
          return (
            <section key={kind} aria-label={name}>
              <h3>{name}</h3>
              <ul>
                {some.map((entry) => (
                  <li key={entry.id}>
                    <Card entry={entry} kind={one} />
                  </li>
                ))}
              </ul>
            </section>
          )
        })}
        {shown.length === 0 && <p className="dim">Nothing of this lab is about that.</p>}
      </div>
    </Modal>
  )
}

function Card({ entry, kind }: { entry: Entry; kind: string }) {
  const picture = pictures[entry.id]
  const open = () => {
    actions.openDialog(null)
    if (entry.kind === 'lab') actions.openLab(entry.id)
    else actions.openScenario(entry.id)
  }
  return (
    <button type="button" className="gallery-card" onClick={open}>
      {picture !== undefined && <Thumbnail picture={picture} />}
      <span className="gallery-kind">
        {kind} · {titleOf(entry.lab)}
        {entry.topic !== '' && ` · ${entry.topic}`}
      </span>
      <strong>{entry.title}</strong>
      <span className="gallery-about">{firstOf(entry.about)}</span>
    </button>
  )
}

interface ChoiceProps {
  label: string
  all: string
  options: readonly string[]
  name(option: string): string
  chosen: string | null
  onChoose(option: string | null): void
}

function Choice({ label, all, options, name, chosen, onChoose }: ChoiceProps) {
  return (
    <div className="gallery-choice" role="group" aria-label={label}>
      {[null, ...options].map((option) => (
        <button
          key={option ?? ''}
          type="button"
          className="button small"
          aria-pressed={chosen === option}
          onClick={() => onChoose(option)}
        >
          {option === null ? all : name(option)}
        </button>
      ))}
    </div>
  )
}

const plainly = (text: string): string => text

function titleOf(id: string): string {
  return id.charAt(0).toUpperCase() + id.slice(1)
}

/** The words of Markdown without its marks, as far as a card has room. */
function firstOf(about: string): string {
  const plain = about.replaceAll(/[*`]/g, '').replaceAll(/\s+/g, ' ').trim()
  return plain.length <= 160 ? plain : `${plain.slice(0, plain.lastIndexOf(' ', 158))} …`
}
