import { expect, test } from 'vitest'
import { FOLDER, SINGLE, withPolicy } from './page-policy.ts'

const page =
  '<head>\n    <meta charset="utf-8" />\n    <script>go()</script>\n<style>a{}</style><script type="module" src="a.js"></script></head>'
const policyOf = (html: string): string =>
  /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? ''

test('a page allows what stands in it by its hash, and nothing else that it does not name', () => {
  const html = withPolicy(page, SINGLE)
  // printf 'go()' | openssl dgst -sha256 -binary | base64
  expect(policyOf(html)).toContain("'sha256-5KYv+PUboo5h+0+YAtGRPbwv5d/QxzHslP4YGnUaxRw='")
  expect(policyOf(html)).toMatch(
    /^default-src 'none'; script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}=';/,
  )
  expect(policyOf(html)).toContain("worker-src blob:; base-uri 'none'; form-action 'none'")
  expect(html.indexOf('Content-Security-Policy')).toBeLessThan(html.indexOf('<script>'))
})

test('no page allows code or styles in attributes, or code that is made from text', () => {
  for (const sources of [FOLDER, SINGLE]) expect(policyOf(withPolicy(page, sources))).not.toMatch(/unsafe|\*|https?:/)
})
