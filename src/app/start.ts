/**
 * The first script of a built page, which stands in the page itself; it imports nothing. In a frame (`?embed`) nothing of the
 * page is fetched, and no worker starts, before somebody sees it: ten frames on a page cost what is on the screen.
 */
{
  const go = (): void => {
    const scripts = document.querySelector<HTMLTemplateElement>('#scripts')
    if (scripts !== null) document.head.append(document.importNode(scripts.content, true))
  }
  const inFrame = self !== top && new URLSearchParams(location.search).has('embed')
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
