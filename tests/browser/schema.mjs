// What types say of values: those of schema.org as Google publishes them (schema-dts), or others.
import { join } from 'node:path';
import ts from 'typescript';
import { root } from './portal.mjs';

// A value as its type sees it: texts are alike but for the names of types, and so are numbers; items of the same kind count once.
const kept = new Set(['@type', '@context', 'version']);
const shape = (value) => {
  if (Array.isArray(value)) return [...new Map(value.map((item) => [JSON.stringify(shape(item)), shape(item)])).values()];
  if (typeof value === 'string') return 'text';
  if (typeof value === 'number') return 1;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, kept.has(key) ? inner : shape(inner)]));
};

// What the compiler says about values, each with the type that it should be of: for each of [type, value] a list of problems.
// One run for many, since the compiler reads the whole of schema.org first. `types` is where the types come from.
export function problems(values, types = (names) => `import type { ${names.join(', ')} } from 'schema-dts';`) {
  const name = join(root, 'tests/browser/schema.generated.ts');
  const lines = values.map(([type, value]) => `: ${type} = ${JSON.stringify(shape(value))};`);
  const distinct = [...new Set(lines)];
  const names = [...new Set(values.map(([type]) => type))];
  const text = `${types(names)}\n${distinct.map((line, at) => `export const v${at}${line}`).join('\n')}\n`;
  const options = { strict: true, noEmit: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.NodeNext, moduleResolution: ts.ModuleResolutionKind.NodeNext, skipLibCheck: true, types: [] };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => file === name || fileExists(file);
  host.readFile = (file) => (file === name ? text : readFile(file));
  host.getSourceFile = (file, ...rest) => (file === name ? ts.createSourceFile(file, text, ts.ScriptTarget.ES2022) : getSourceFile(file, ...rest));
  const found = distinct.map(() => []);
  for (const { file, start, messageText } of ts.getPreEmitDiagnostics(ts.createProgram([name], options, host))) {
    const message = ts.flattenDiagnosticMessageText(messageText, '\n');
    const line = file?.fileName === name ? file.getLineAndCharacterOfPosition(start).line - 1 : -1;
    if (line < 0) throw new Error(message);
    found[line].push(message);
  }
  return lines.map((line) => found[distinct.indexOf(line)]);
}

// The texts of a page's JSON-LD, in the order of the page.
export const blocks = (html) => [...html.matchAll(/<script type="?application\/ld\+json"?>(.*?)<\/script>/gs)].map(([, json]) => json);
