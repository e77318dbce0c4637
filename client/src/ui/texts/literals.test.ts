import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import ts from 'typescript';

/** Attributes that people read or hear. */
const SPOKEN = new Set([
  'aria-label',
  'aria-description',
  'aria-valuetext',
  'alt',
  'title',
  'placeholder',
  'label',
]);
const LETTER = /\p{L}/u;

/** What a component would say without asking the catalogue. */
function literals(file: ts.SourceFile): string[] {
  const found: string[] = [];
  const note = (node: ts.Node) => {
    const text = node.getText(file).trim();
    if (LETTER.test(text)) found.push(`${file.fileName}: ${text}`);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isJsxText(node)) note(node);
    if (ts.isJsxAttribute(node) && SPOKEN.has(node.name.getText(file)) && node.initializer)
      strings(node.initializer).forEach(note);
    if (ts.isJsxExpression(node) && !ts.isJsxAttribute(node.parent)) strings(node).forEach(note);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** String literals that an expression may come to, not those that it compares or hands on. */
function strings(node: ts.Node): ts.Node[] {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return [node];
  if (ts.isJsxExpression(node)) return node.expression ? strings(node.expression) : [];
  if (ts.isConditionalExpression(node)) return [...strings(node.whenTrue), ...strings(node.whenFalse)];
  if (ts.isTemplateExpression(node)) return [node.head, ...node.templateSpans.map((span) => span.literal)];
  if (ts.isBinaryExpression(node) && /^(?:&&|\|\||\?\?)$/.test(node.operatorToken.getText()))
    return strings(node.right);
  return [];
}

function parse(name: string, source: string): ts.SourceFile {
  return ts.createSourceFile(name, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.TSX);
}

describe('components', () => {
  const ui = fileURLToPath(new URL('..', import.meta.url));
  const files = readdirSync(ui, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.tsx') && name !== 'mock.tsx',
  );

  it('leave all words to the catalogue', () => {
    expect(files.length).toBeGreaterThan(20);
    expect(files.flatMap((name) => literals(parse(name, readFileSync(`${ui}/${name}`, 'utf8'))))).toEqual([]);
  });

  it.each([
    '<p>Hello</p>',
    '<p>{"Hello"}</p>',
    '<p>{yes && "Hello"}</p>',
    '<p>{yes ? "Hello" : x}</p>',
    '<p>{`${x} left`}</p>',
    '<button aria-label="Close" />',
    '<img alt={"A fish"} />',
  ])('would be found out by %s', (source) => expect(literals(parse('x.tsx', source))).toHaveLength(1));

  it.each(['<p class="x">{texts.a}{" / "}✓</p>', '<li data-state={a === "b" ? c : d}>{x === "y"}</li>'])(
    'may have %s',
    (source) => expect(literals(parse('x.tsx', source))).toEqual([]),
  );
});
