/** How long the way of the pointer stays in sight. */
const LASTS_MS = 450
const WIDTH = 7

/** Draws where the pointer has just been, for the back row. Returns how to stop. */
export function drawTrail(canvas: HTMLCanvasElement, color: string, still: boolean): () => void {
  const pen = canvas.getContext('2d')
  if (pen === null) return () => undefined
  let points: { x: number; y: number; at: number }[] = []
  let frame = 0
  const paint = () => {
    const now = performance.now()
    points = points.filter(({ at }, i) => now - at < LASTS_MS || (still && i === points.length - 1 && now - at < 1_500))
    pen.clearRect(0, 0, canvas.width, canvas.height)
    pen.strokeStyle = color
    pen.fillStyle = color
    pen.lineCap = 'round'
    for (const [i, { x, y, at }] of points.entries()) {
      const before = points[i - 1]
      const age = Math.min(1, (now - at) / LASTS_MS)
      pen.globalAlpha = still ? 0.8 : 0.75 * (1 - age)
      pen.lineWidth = WIDTH * (1 - age) + 1
      if (before === undefined || still) continue
      pen.beginPath()
      pen.moveTo(before.x, before.y)
      pen.lineTo(x, y)
      pen.stroke()
    }
    const last = points.at(-1)
    if (last !== undefined) {
      pen.globalAlpha = 0.8
      pen.beginPath()
      pen.arc(last.x, last.y, WIDTH, 0, 2 * Math.PI)
      pen.fill()
    }
    frame = points.length > 0 ? requestAnimationFrame(paint) : 0
  }
  const fit = () => {
    canvas.width = innerWidth
    canvas.height = innerHeight
  }
  const move = ({ clientX: x, clientY: y }: PointerEvent) => {
    const point = { x, y, at: performance.now() }
    points = still ? [point] : [...points, point]
    if (frame === 0) frame = requestAnimationFrame(paint)
  }
  fit()
  addEventListener('resize', fit)
  addEventListener('pointermove', move)
  return () => {
    removeEventListener('resize', fit)
    removeEventListener('pointermove', move)
    cancelAnimationFrame(frame)
  }
}
