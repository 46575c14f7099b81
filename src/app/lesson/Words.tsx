import scenarios from 'virtual:scenarios'
import { lexer, type Token, type Tokens } from 'marked'
import { Fragment, type ReactNode, useMemo } from 'react'
import { type Glossary, piecesOf } from '../../lab/glossary.ts'
import { TermNote } from './TermNote.tsx'

/**
 * A text in Markdown. The library reads it, and this makes elements of what it read: nothing of a file ever becomes HTML by
 * itself, tags in it stand there as they were written, and links lead to the web alone. The first mention of each term of the
 * glossary explains itself. With `onOpen`, the title of a ready-made scenario in italics opens it.
 */
export function Words({ text, glossary, onOpen }: { text: string; glossary: Glossary; onOpen?: (id: string) => void }) {
  return useMemo(() => {
    const said = new Set<string>()
    return <>{blocks(lexer(text), { glossary, said, onOpen })}</>
  }, [text, glossary, onOpen])
}

interface Reading {
  glossary: Glossary
  /** The terms that were explained already. */
  said: Set<string>
  onOpen: ((id: string) => void) | undefined
}

const blocks = (tokens: readonly Token[], reading: Reading): ReactNode[] =>
  // The order of a text's parts never changes.
  // oxlint-disable-next-line react/no-array-index-key
  tokens.map((token, i) => <Fragment key={i}>{block(token, reading)}</Fragment>)

function block(token: Token, reading: Reading): ReactNode {
  switch (token.type) {
    case 'paragraph':
      return <p>{inline(token.tokens ?? [], reading)}</p>
    case 'heading':
      return <h4>{inline(token.tokens ?? [], reading)}</h4>
    case 'list': {
      const { ordered, items } = token as Tokens.List
      // oxlint-disable-next-line react/no-array-index-key
      const rows = items.map((item, i) => <li key={i}>{blocks(item.tokens, reading)}</li>)
      return ordered ? <ol>{rows}</ol> : <ul>{rows}</ul>
    }
    case 'blockquote':
      return <blockquote>{blocks(token.tokens ?? [], reading)}</blockquote>
    case 'code':
      return (
        <pre>
          <code>{(token as Tokens.Code).text}</code>
        </pre>
      )
    case 'space':
      return null
    case 'hr':
      return <hr />
    default:
      return inline([token], reading)
  }
}

const inline = (tokens: readonly Token[], reading: Reading): ReactNode[] =>
  // oxlint-disable-next-line react/no-array-index-key
  tokens.map((token, i) => <Fragment key={i}>{span(token, reading)}</Fragment>)

function span(token: Token, reading: Reading): ReactNode {
  switch (token.type) {
    case 'strong':
      return <strong>{inline(token.tokens ?? [], reading)}</strong>
    case 'em':
      return titled((token as Tokens.Em).text, reading) ?? <em>{inline(token.tokens ?? [], reading)}</em>
    case 'codespan':
      return <code>{explained((token as Tokens.Codespan).text, reading)}</code>
    case 'br':
      return <br />
    case 'link': {
      const { href } = token as Tokens.Link
      const words = inline(token.tokens ?? [], reading)
      if (!/^https?:\/\//.test(href)) return words
      return (
        <a href={href} target="_blank" rel="noreferrer">
          {words}
        </a>
      )
    }
    case 'text':
      return token.tokens === undefined
        ? explained((token as Tokens.Text).text, reading)
        : inline(token.tokens, reading)
    case 'escape':
      return (token as Tokens.Escape).text
    default:
      return token.raw
  }
}

/** The way to a ready-made scenario of this title; null if there is none. */
function titled(text: string, { onOpen }: Reading): ReactNode {
  const name = text.replaceAll(/\s+/g, ' ')
  const found = scenarios.find(({ title }) => title === name)
  if (onOpen === undefined || found === undefined) return null
  return (
    <a
      href={`?scenario=${found.id}`}
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return
        event.preventDefault()
        onOpen(found.id)
      }}
    >
      <em>{text}</em>
    </a>
  )
}

function explained(text: string, { glossary, said }: Reading): ReactNode[] {
  return piecesOf(glossary, text).map(({ text: words, term }, i) => {
    if (term === null || said.has(term.term)) return words
    said.add(term.term)
    // oxlint-disable-next-line react/no-array-index-key
    return <TermNote key={i} term={term} words={words} />
  })
}
