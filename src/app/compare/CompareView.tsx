import { useEffect } from 'react'
import { Modal } from '../components/Modal.tsx'
import { useStore } from '../store.ts'
import { ComparePicker } from './ComparePicker.tsx'
import { CompareResult } from './CompareResult.tsx'
import { CompareStages } from './CompareStages.tsx'
import { CompareTime } from './CompareTime.tsx'
import { stopComparing } from './compare-desk.ts'
import { useCompare } from './compare-state.ts'
import { useCompareKeys } from './use-compare-keys.ts'
import './compare.css'

/** Two runs side by side on one time axis, in step: where they part, and what each came to. */
export function CompareView() {
  const chosen = useCompare((s) => s.sides !== null)
  const problem = useCompare((s) => s.problem)
  useCompareKeys()
  // The engines are no part of React.
  useEffect(() => {
    useStore.setState({ playing: false })
    return stopComparing
  }, [])
  return (
    <Modal title="Compare" className={chosen ? 'compare-view' : 'compare-choice'}>
      {!chosen && <ComparePicker />}
      {chosen && (
        <div className="compare-body">
          <CompareResult />
          {problem !== null && (
            <p role="alert" className="compare-problem">
              One of the two stopped: {problem}.
            </p>
          )}
          <CompareStages />
          <CompareTime />
        </div>
      )}
    </Modal>
  )
}
