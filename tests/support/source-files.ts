/** Reads the sources of specproof for tests that judge their structure. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

/** An import of one source file. */
export interface Import {
  /** Path below the repository of a file of ours, else the package or builtin as written. */
  readonly target: string;
  /** Erased: types only. */
  readonly typeOnly: boolean;
}

export interface SourceFile {
  /** `src/spec/contract.ts`. */
  readonly path: string;
  readonly text: string;
  readonly lines: number;
  readonly imports: readonly Import[];
  /** Every name that the file uses as a value, `object.member` for those read off one, and `new Date()` for a clock. */
  readonly names: ReadonlySet<string>;
  /** Ways out of the type system: `any`, double assertions, compiler directives. */
  readonly escapes: readonly string[];
}

const root = resolve(import.meta.dirname, '..', '..');

/** The TypeScript files of a folder of the repository, parsed. */
export function readSources(folder: string): readonly SourceFile[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts'))
    .map((name) => readSource(join(root, folder, name)))
    .sort((left, right) => (left.path < right.path ? -1 : 1));
}

/** The text of a file of the repository. */
export function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}

function readSource(file: string): SourceFile {
  const text = readFileSync(file, 'utf8');
  const path = relative(root, file).split(sep).join('/');
  const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const imports: Import[] = [];
  const names = new Set<string>();
  const escapes = [...text.matchAll(/@ts-(?:ignore|expect-error|nocheck)/g)].map(([directive]) => directive);
  const addImport = (specifier: string, typeOnly: boolean): void => {
    imports.push({ target: specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : specifier, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier))
      addImport(node.moduleSpecifier.text, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined && ts.isStringLiteral(node.moduleSpecifier))
      addImport(node.moduleSpecifier.text, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      if (argument !== undefined && ts.isStringLiteral(argument)) addImport(argument.text, false);
    }
    if (node.kind === ts.SyntaxKind.AnyKeyword) escapes.push('any');
    if (ts.isAsExpression(node) && ts.isAsExpression(node.expression)) escapes.push(node.getText(parsed));
    if (ts.isNewExpression(node) && (node.arguments?.length ?? 0) === 0) names.add(`new ${node.expression.getText(parsed)}()`);
    if (ts.isPropertyAccessExpression(node)) names.add(`${node.expression.getText(parsed)}.${node.name.text}`);
    if (ts.isIdentifier(node) && !isMemberName(node) && !isWithinType(node)) names.add(node.text);
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return { path, text, lines: text.trimEnd().split('\n').length, imports, names, escapes };
}

function isWithinType(node: ts.Node): boolean {
  for (let at: ts.Node | undefined = node.parent; at !== undefined; at = at.parent) {
    if (ts.isTypeNode(at) && !ts.isExpressionWithTypeArguments(at)) return true;
    if (ts.isStatement(at)) return ts.isTypeAliasDeclaration(at) || ts.isInterfaceDeclaration(at);
  }
  return false;
}

/** Whether the identifier names a member or a declaration's part rather than a value in scope. */
function isMemberName(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.name === node;
  return ts.isPropertyAssignment(parent) ||
    ts.isPropertySignature(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isPropertyDeclaration(parent)
    ? parent.name === node
    : false;
}
