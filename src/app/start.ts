/**
 * The first script of a built page, which stands in the page itself; it imports nothing. In a frame (`?embed`) nothing of the
 * page is fetched, and no worker starts, before somebody sees it: ten frames on a page cost what is on the screen. A still picture (`&still`) is for
 * paper, and waits for nobody.
 */
{
  const go = (): void => {
    const scripts = document.querySelector<HTMLTemplateElement>('#scripts')
    if (scripts !== null) document.head.append(document.importNode(scripts.content, true))
  }
  const query = new URLSearchParams(location.search)
  const inFrame = self !== top && query.has('embed') && !query.has('still')
  if (inFrame) {
    // The browser knows what is on the screen, through any number of frames.
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return
      observer.disconnect()
      go()
    })
    observer.observe(document.documentElement)
  } else go()
}
