import { useEffect, useState } from 'react'
import { actions } from '../actions.ts'
import './drop-target.css'

/** Takes a scenario file that is dropped anywhere on the page, and says so while one is dragged over it. */
export function DropTarget() {
  const [over, setOver] = useState(false)
  // Drags come from outside the page and arrive at the window.
  useEffect(() => {
    let entered: EventTarget | null = null
    const onEnter = (event: DragEvent) => {
      entered = event.target
    }
    const onOver = (event: DragEvent) => {
      if (!bringsFiles(event)) return
      event.preventDefault()
      if (event.dataTransfer !== null) event.dataTransfer.dropEffect = 'copy'
      setOver(true)
    }
    // Whatever is entered is told before what was left: leaving the last that was entered is leaving the window.
    const onLeave = (event: DragEvent) => event.target === entered && setOver(false)
    const onDrop = (event: DragEvent) => {
      if (!bringsFiles(event)) return
      event.preventDefault()
      setOver(false)
      take(event.dataTransfer)
    }
    window.addEventListener('dragenter', onEnter)
    window.addEventListener('dragover', onOver)
    window.addEventListener('dragleave', onLeave)
    window.addEventListener('drop', onDrop)
    return () => {
      window.removeEventListener('dragenter', onEnter)
      window.removeEventListener('dragover', onOver)
      window.removeEventListener('dragleave', onLeave)
      window.removeEventListener('drop', onDrop)
    }
  }, [])
  if (!over) return null
  return (
    <div className="drop-target">
      <p>
        <strong>Drop a scenario or a history to open it</strong>
        <span>
          A scenario in JSON or YAML, a history as Jepsen’s log or in EDN. A file that cannot be read leaves the run as
          it is.
        </span>
      </p>
    </div>
  )
}

const bringsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false

function take(dropped: DataTransfer | null): void {
  const files = [...(dropped?.files ?? [])]
  const [file] = files
  if (file === undefined) return
  const isFolder = dropped?.items[0]?.webkitGetAsEntry()?.isDirectory ?? false
  if (files.length > 1) refuse(`Expected one scenario file, found ${files.length} files.`)
  else if (isFolder) refuse(`${file.name}: expected a file with a scenario, found a folder.`)
  else actions.openFile(file)
}

const refuse = (text: string): void => actions.say({ text, tone: 'bad' })
