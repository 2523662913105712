/** The part of libheif-js in use; the package's own types only describe the lower-level functions. */
declare module 'libheif-js/wasm-bundle.js' {
  export interface Pixels {
    width: number
    height: number
    /** Red, green, blue and alpha, one byte each. */
    data: Uint8ClampedArray
  }

  export interface HeifImage {
    get_width(): number
    get_height(): number
    is_primary(): boolean
    display(into: Pixels, done: (shown: Pixels | null) => void): void
  }

  const libheif: { HeifDecoder: new () => { decode(file: Buffer): HeifImage[] } }
  export default libheif
}
