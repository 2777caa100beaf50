// Compiles the styles and the script into makegood/web/static/built.
import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import path from 'node:path'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)))
const built = path.join(root, 'makegood/web/static/built')

await mkdir(built, { recursive: true })

const styles = sass.compile(path.join(root, 'assets/makegood.scss'), {
  loadPaths: [path.join(root, 'node_modules'), path.join(root, 'makegood/web/components')],
  style: 'compressed',
  quietDeps: true
})
const { code } = await esbuild.transform(styles.css, { loader: 'css', minify: true })
await writeFile(path.join(built, 'makegood.css'), code)

await esbuild.build({
  entryPoints: [path.join(root, 'assets/makegood.js')],
  outfile: path.join(built, 'makegood.js'),
  bundle: true,
  format: 'esm',
  minify: true,
  legalComments: 'none',
  target: 'es2020',
  logLevel: 'warning'
})
