import { useLayoutEffect, useState } from 'react'
import { later } from '../../ui/later.ts'
import { actions } from '../actions.ts'

const DropSign = later(async () => (await import('./DropSign.tsx')).DropSign)

/**
 * Takes a file that is dropped anywhere on the page, and says so while one is dragged over it. It is part of the first
 * load: a browser leaves the page for a file that nobody takes.
 */
export function DropTarget() {
  const [over, setOver] = useState(false)
  // Drags come from outside the page and arrive at the window; the first may come with the first picture.
  useLayoutEffect(() => {
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
  return over && <DropSign />
}

const bringsFiles = ({ dataTransfer }: DragEvent): boolean => dataTransfer?.types.includes('Files') ?? false

function take(dropped: DataTransfer | null): void {
  const files = [...(dropped?.files ?? [])]
  const isFolder = dropped?.items[0]?.webkitGetAsEntry()?.isDirectory ?? false
  if (files.length > 0) actions.openFiles(files, isFolder)
}
