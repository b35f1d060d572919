// Finds names with compromise as shipped. Reads texts and writes the names in
// each as described in ../main.go.
import readline from 'node:readline'
import nlp from 'compromise'

// What compromise calls organizations may be public bodies or not.
const views = [['people', 'person'], ['places', 'place'], ['organizations', 'body']]
const edges = /^[^\p{L}\p{N}]+|[^\p{L}\p{N}.]+$/gu

// bytes returns a function from places in UTF-16 units, in rising order or
// not, to places in bytes.
function bytes(text) {
  const at = new Uint32Array(text.length + 1)
  let n = 0
  for (let i = 0; i < text.length; i++) {
    at[i] = n
    const c = text.charCodeAt(i)
    n += c < 0x80 ? 1 : c < 0x800 || (c >= 0xd800 && c < 0xe000) ? 2 : 3
  }
  at[text.length] = n
  return (i) => at[i]
}

function mentions(text) {
  const doc = nlp(text)
  const byte = bytes(text)
  const found = []
  for (const [view, type] of views) {
    for (const { offset } of doc[view]().json({ offset: true })) {
      const end = offset.start + offset.length
      // "City, State" comes as one place: it is two.
      let at = offset.start
      const parts = type === 'place' ? text.slice(at, end).split(',') : [text.slice(at, end)]
      for (const part of parts) {
        const name = part.replace(edges, '')
        if (name !== '') {
          const start = at + part.indexOf(name)
          found.push({ start: byte(start), end: byte(start + name.length), type })
        }
        at += part.length + 1
      }
    }
  }
  return found
}

for await (const line of readline.createInterface({ input: process.stdin })) {
  if (line !== '') process.stdout.write(JSON.stringify(mentions(JSON.parse(line))) + '\n')
}
