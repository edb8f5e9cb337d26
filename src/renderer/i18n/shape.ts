/**
 * The English words have exactly the keys of the Korean ones; a missing key is a type error. English may add
 * `<key>_one` for a count of one, which Korean does not know.
 */
export type EnglishOf<K> = { readonly [P in keyof K]: string } & {
  readonly [P in keyof K as `${P & string}_one`]?: string
}
