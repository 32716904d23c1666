import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';

const lib = join(__dirname, '..', '..', 'lib');

/** What the sources say of the defaults of options. */
export interface OptionDefaults {
  /** The values that options of this name are destructured with, each once, as the sources write them or as numbers. */
  readonly inCode: ReadonlyMap<string, readonly unknown[]>;
  /** The `@defaultValue` of each option of a walk, by its name. */
  readonly inDocs: ReadonlyMap<string, string>;
  /** The members of `ErrorCode`. */
  readonly codes: readonly string[];
}

/** Reads them out of lib/. */
export function optionDefaults(): OptionDefaults {
  const inCode = new Map<string, unknown[]>();
  for (const folder of ['core', 'flow']) {
    for (const file of sourcesIn(join(lib, folder))) {
      for (const [name, value] of destructured(file)) {
        const known = inCode.get(name) ?? [];
        if (!known.includes(value)) known.push(value);
        inCode.set(name, known);
      }
    }
  }
  const options = ['walk-options.ts', 'retry-options.ts'].map((name) =>
    parse(join(lib, 'core', name)),
  );
  return {
    inCode,
    inDocs: new Map(options.flatMap(documented)),
    codes: unionOf(parse(join(lib, 'core', 'pagination-error.ts')), 'ErrorCode'),
  };
}

function sourcesIn(folder: string): readonly ts.SourceFile[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.ts')).map((file) => parse(join(folder, file)));
}

function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
}

function nodesOf(root: ts.Node): readonly ts.Node[] {
  return [root, ...root.getChildren().flatMap(nodesOf)];
}

/** `{ name = value }`, where the value is or names one that is known without running it. */
function destructured(file: ts.SourceFile): readonly (readonly [string, unknown])[] {
  const nodes = nodesOf(file);
  const constants = new Map(
    nodes
      .filter(ts.isVariableDeclaration)
      .flatMap(({ name, initializer }) =>
        ts.isIdentifier(name) && initializer !== undefined
          ? [[name.text, initializer] as const]
          : [],
      ),
  );
  return nodes.filter(ts.isBindingElement).flatMap(({ name, propertyName, initializer }) => {
    const property = propertyName ?? name;
    if (initializer === undefined || !ts.isIdentifier(property)) return [];
    const named = ts.isIdentifier(initializer) ? constants.get(initializer.text) : undefined;
    return [[property.text, valueOf(named ?? initializer)] as const];
  });
}

function valueOf(node: ts.Expression): unknown {
  if (ts.isNumericLiteral(node)) return Number(node.text);
  if (ts.isStringLiteral(node)) return `'${node.text}'`;
  if (ts.isArrayLiteralExpression(node)) return node.elements.map(valueOf).join(', ');
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.AsteriskToken) {
    return Number(valueOf(node.left)) * Number(valueOf(node.right));
  }
  return node.getText();
}

function documented(file: ts.SourceFile): readonly (readonly [string, string])[] {
  return nodesOf(file)
    .filter(ts.isPropertySignature)
    .flatMap((property) => {
      const tag = ts.getJSDocTags(property).find(({ tagName }) => tagName.text === 'defaultValue');
      const text = ts.getTextOfJSDocComment(tag?.comment);
      return text === undefined ? [] : [[property.name.getText(), text] as const];
    });
}

function unionOf(file: ts.SourceFile, name: string): readonly string[] {
  const alias = nodesOf(file)
    .filter(ts.isTypeAliasDeclaration)
    .find((one) => one.name.text === name);
  if (alias === undefined || !ts.isUnionTypeNode(alias.type)) return [];
  return alias.type.types.map((type) => type.getText().replaceAll("'", ''));
}
