import libheif, { type Pixels } from 'libheif-js/wasm-bundle.js'

/** Decodes the main picture of an HEIC file, upright. libheif is under LGPL-3; only the picture process loads it. */
export async function decodeHeic(file: Buffer): Promise<Pixels> {
  const images = new libheif.HeifDecoder().decode(file)
  const image = images.find((one) => one.is_primary()) ?? images[0]
  if (image === undefined) throw new Error('There is no picture in it.')
  const [width, height] = [image.get_width(), image.get_height()]
  const target = { width, height, data: new Uint8ClampedArray(width * height * 4) }
  const shown = await new Promise<Pixels | null>((resolve) => image.display(target, resolve))
  if (shown === null) throw new Error('It does not decode.')
  return shown
}
