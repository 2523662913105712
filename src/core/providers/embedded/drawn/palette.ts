/** OKLCH: lightness 0 to 1, chroma 0 to about 0.3, hue in degrees (https://bottosson.github.io/posts/oklab/). */
export type Colour = readonly [lightness: number, chroma: number, hue: number]

/** Five colours that belong together. Lettering and captions are white, so `deep` and `body` stay dark. */
export interface Palette {
  name: string
  /** The darkest, for foregrounds and the lower part. */
  deep: Colour
  /** The large surfaces. */
  body: Colour
  /** The most memorable colour. */
  accent: Colour
  /** A second light next to it. */
  second: Colour
  /** Nearly white, with a tint. */
  light: Colour
}

const PALETTES: readonly Palette[] = [
  palette('dusk', [0.2, 0.065, 285], [0.42, 0.13, 305], [0.73, 0.17, 38], [0.84, 0.13, 78], [0.96, 0.03, 75]),
  palette(
    'lagoon',
    [0.2, 0.045, 240],
    [0.43, 0.09, 228],
    [0.79, 0.12, 190],
    [0.89, 0.1, 105],
    [0.97, 0.02, 190],
  ),
  palette(
    'moss',
    [0.2, 0.035, 160],
    [0.41, 0.075, 158],
    [0.83, 0.14, 118],
    [0.8, 0.12, 72],
    [0.97, 0.03, 110],
  ),
  palette(
    'ember',
    [0.19, 0.045, 22],
    [0.41, 0.125, 24],
    [0.74, 0.17, 48],
    [0.87, 0.13, 88],
    [0.97, 0.03, 80],
  ),
  palette('plum', [0.2, 0.065, 330], [0.42, 0.13, 345], [0.76, 0.14, 12], [0.86, 0.1, 62], [0.97, 0.02, 30]),
  palette('gala', [0.18, 0.05, 266], [0.37, 0.1, 264], [0.83, 0.14, 86], [0.74, 0.1, 232], [0.97, 0.03, 90]),
  palette(
    'aurora',
    [0.18, 0.045, 250],
    [0.41, 0.085, 205],
    [0.84, 0.16, 160],
    [0.7, 0.16, 305],
    [0.97, 0.03, 160],
  ),
  palette(
    'slate',
    [0.21, 0.02, 250],
    [0.41, 0.035, 246],
    [0.75, 0.16, 52],
    [0.84, 0.05, 225],
    [0.97, 0.015, 70],
  ),
  palette('rosé', [0.2, 0.055, 8], [0.42, 0.115, 6], [0.82, 0.1, 32], [0.74, 0.14, 345], [0.97, 0.02, 40]),
  palette('jade', [0.2, 0.04, 188], [0.43, 0.075, 182], [0.9, 0.07, 96], [0.75, 0.13, 32], [0.98, 0.025, 96]),
  palette(
    'violet',
    [0.19, 0.08, 288],
    [0.42, 0.18, 288],
    [0.74, 0.19, 345],
    [0.81, 0.12, 215],
    [0.97, 0.02, 320],
  ),
  palette('dune', [0.21, 0.03, 45], [0.45, 0.075, 48], [0.83, 0.12, 76], [0.67, 0.15, 32], [0.97, 0.03, 82]),
  palette(
    'cobalt',
    [0.2, 0.075, 270],
    [0.42, 0.16, 264],
    [0.75, 0.15, 28],
    [0.84, 0.09, 245],
    [0.97, 0.02, 30],
  ),
  palette(
    'petrol',
    [0.2, 0.04, 215],
    [0.39, 0.07, 212],
    [0.78, 0.16, 62],
    [0.82, 0.09, 185],
    [0.97, 0.03, 75],
  ),
]

/** The palette of a draft: the same for all its segments. `number` is any unsigned integer. */
export function paletteFor(number: number): Palette {
  const chosen = PALETTES[number % PALETTES.length] ?? PALETTES[0]
  if (!chosen) throw new RangeError('there are no palettes')
  return chosen
}

export const PALETTE_COUNT = PALETTES.length

/** A point between two colours, mixed in OKLab so that nothing in between turns grey or garish. */
export function mix(from: Colour, to: Colour, share: number): Colour {
  const [a, b] = [toLab(from), toLab(to)]
  const at = (i: 0 | 1 | 2) => a[i] + (b[i] - a[i]) * share
  return [at(0), Math.hypot(at(1), at(2)), (Math.atan2(at(2), at(1)) * 180) / Math.PI]
}

export function darker(colour: Colour, factor: number): Colour {
  return [colour[0] * factor, colour[1] * Math.sqrt(factor), colour[2]]
}

/** As CSS `rgba(…)` in sRGB. */
export function css(colour: Colour, alpha = 1): string {
  return `rgba(${bytesOf(colour).join(',')},${alpha.toFixed(4)})`
}

/** As `#rrggbb`. */
export function hex(colour: Colour): string {
  return `#${bytesOf(colour)
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('')}`
}

/** Colours outside sRGB lose chroma until they fit. */
function bytesOf(colour: Colour): number[] {
  let [lightness, chroma, hue] = colour
  let rgb = toLinear([lightness, chroma, hue])
  while (chroma > 0.001 && rgb.some((value) => value < -0.0005 || value > 1.0005)) {
    chroma *= 0.95
    rgb = toLinear([lightness, chroma, hue])
  }
  return rgb.map((value) => Math.round(255 * gamma(Math.min(1, Math.max(0, value)))))
}

function palette(
  name: string,
  deep: Colour,
  body: Colour,
  accent: Colour,
  second: Colour,
  light: Colour,
): Palette {
  return { name, deep, body, accent, second, light }
}

function toLab([lightness, chroma, hue]: Colour): [number, number, number] {
  const angle = (hue * Math.PI) / 180
  return [lightness, chroma * Math.cos(angle), chroma * Math.sin(angle)]
}

/** Björn Ottosson's matrices from OKLab to linear sRGB. */
function toLinear(colour: Colour): [number, number, number] {
  const [lightness, a, b] = toLab(colour)
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ]
}

function gamma(linear: number): number {
  return linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055
}
