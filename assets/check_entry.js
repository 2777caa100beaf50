// Works out, in the reader's own browser, whether an entry of the ledger and its proof give the root
// that was signed: SHA-256 with the prefixes of RFC 6962. Without it, the page says what to type.

const LEAF = 0
const NODE = 1

const bytesOf = (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0))

async function hashed(prefix, ...parts) {
  const bytes = [prefix, ...parts.flatMap((part) => [...part])]
  return new Uint8Array(await crypto.subtle.digest('SHA-256', Uint8Array.from(bytes)))
}

// On which side each hash of the proof stands, from the leaf up. Tree sizes may pass 32 bits.
function sides(index, size) {
  const found = []
  let start = 0
  let stop = size
  while (stop - start > 1) {
    let half = 1
    while (half * 2 < stop - start) half *= 2
    const middle = start + half
    const isLeft = index < middle
    found.unshift(isLeft ? 'right' : 'left')
    if (isLeft) stop = middle
    else start = middle
  }
  return found
}

async function rootOf(words, index, size, hashes) {
  let root = await hashed(LEAF, new TextEncoder().encode(words))
  const places = sides(index, size)
  if (places.length !== hashes.length) return null
  for (const [step, side] of places.entries()) {
    const beside = bytesOf(hashes[step])
    root = side === 'right' ? await hashed(NODE, root, beside) : await hashed(NODE, beside, root)
  }
  return btoa(String.fromCharCode(...root))
}

for (const place of document.querySelectorAll('[data-entry-check]')) {
  if (!globalThis.crypto?.subtle) continue // browsers hash for pages that came safely alone
  const here = place.querySelector('.mg-check__here')
  const said = here.querySelector('[role=status]')
  here.hidden = false
  here.querySelector('button').addEventListener('click', async () => {
    const { index, size, root } = place.dataset
    const words = place.querySelector('[data-words]').textContent
    const hashes = [...place.querySelectorAll('[data-hash]')].map((each) => each.textContent)
    const found = await rootOf(words, Number(index), Number(size), hashes)
    place.classList.toggle('mg-check--holds', found === root)
    said.textContent =
      found === root
        ? `✓ It holds. Your browser worked out the root itself: ${found}. Compare it with the checkpoint you saved.`
        : `✗ It does not hold. Your browser worked out ${found ?? 'no root'}, and ${root} was signed.`
  })
}
