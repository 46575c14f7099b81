import type { Glossary } from '../../lab/glossary.ts'
import type { Question, Step } from '../../lab/steps.ts'
import { decidedBy } from './desk.ts'
import { guess, questionKey, useGuesses } from './guesses.ts'
import { Words } from './Words.tsx'

/** What is asked before the run has answered it. A guess may be changed until it has. */
export function Questions({ questions, step }: { questions: readonly Question[]; step: number }) {
  return questions.map((question, i) => <Asked key={question.ask} question={question} name={questionKey(step, i)} />)
}

function Asked({ question, name }: { question: Question; name: string }) {
  const guessed = useGuesses((s) => s.guessed[name])
  const decided = useGuesses((s) => s.found[name] !== undefined)
  const isFirst = useGuesses((s) => Object.keys(s.found).length === 0)
  return (
    <fieldset className="lesson-question" disabled={decided}>
      <legend>{question.ask}</legend>
      <div className="lesson-choices">
        {question.choices.map(({ text }) => (
          <label key={text}>
            <input
              type="radio"
              name={`question-${name}`}
              checked={guessed === text}
              onChange={() => guess(name, text)}
            />
            {text}
          </label>
        ))}
      </div>
      {guessed !== undefined && isFirst && <p className="dim">Go on, and the run will tell.</p>}
    </fieldset>
  )
}

/** What the run has answered by this step. */
export function Answers({ steps, step, glossary }: { steps: readonly Step[]; step: number; glossary: Glossary }) {
  return decidedBy(steps, step).map(({ question, key }) => (
    <Answer key={key} question={question} name={key} glossary={glossary} />
  ))
}

function Answer({ question, name, glossary }: { question: Question; name: string; glossary: Glossary }) {
  const guessed = useGuesses((s) => s.guessed[name])
  const found = useGuesses((s) => s.found[name])
  if (found === undefined) return null
  const right = guessed !== undefined && found.includes(guessed)
  return (
    <div className="lesson-answer" data-right={guessed === undefined ? undefined : right}>
      <p className="dim lesson-asked">{question.ask}</p>
      <p className="lesson-verdict">{verdictText(found, guessed, right)}</p>
      <Words text={question.why} glossary={glossary} />
    </div>
  )
}

function verdictText(found: readonly string[], guessed: string | undefined, right: boolean): string {
  if (found.length === 0) return 'Nothing of it: this run has taken a course of its own.'
  const answer = found.join(', ')
  if (guessed === undefined) return answer
  return right ? `✓ ${answer}, as you said` : `✗ You said ${guessed}. It was ${answer}`
}
