/**
 * The origins whose pages may speak to this lab, from what the address says (`allow`, several times or with commas). Empty
 * means nobody. A page from disk has no origin of its own, and neither has what it is in: `null` is taken there and nowhere
 * else, since any page without an origin bears it.
 */
export function readOrigins(said: readonly string[], fromDisk: boolean): { origins: Set<string>; problems: string[] } {
  const origins = new Set<string>()
  const problems: string[] = []
  for (const one of said.flatMap((value) => value.split(',')).filter((value) => value !== '')) {
    if (isOrigin(one) || (one === 'null' && fromDisk)) origins.add(one)
    else
      problems.push(
        `allow: expected an origin such as https://slides.example, without a path or a slash at its end, found “${one.slice(0, 80)}”.`,
      )
  }
  return { origins, problems }
}

function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, origin } = new URL(text)
  return (protocol === 'https:' || protocol === 'http:') && origin === text && !text.includes('*')
}
