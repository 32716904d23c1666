import type ts from 'typescript';

import { PaginationError } from '../core/pagination-error';

/** Everything that generated code consists of; what is not named here was not meant. */
const KINDS = (
  'SourceFile EndOfFileToken ImportDeclaration ImportClause NamedImports ImportSpecifier NamespaceImport ExportDeclaration ' +
  'NamedExports ExportSpecifier StringLiteral NumericLiteral TrueKeyword FalseKeyword NullKeyword PrefixUnaryExpression Identifier ' +
  'PrivateIdentifier VariableStatement VariableDeclarationList VariableDeclaration ExportKeyword ReadonlyKeyword ' +
  'ObjectLiteralExpression PropertyAssignment SpreadAssignment ComputedPropertyName ArrayLiteralExpression ClassDeclaration PropertyDeclaration ' +
  'Constructor MethodDeclaration Parameter Block ExpressionStatement ReturnStatement BinaryExpression EqualsToken NewExpression ' +
  'CallExpression PropertyAccessExpression ThisKeyword InterfaceDeclaration TypeAliasDeclaration TypeLiteral PropertySignature ' +
  'QuestionToken IndexSignature TypeReference QualifiedName IndexedAccessType LiteralType UnionType IntersectionType ArrayType TupleType ' +
  'ParenthesizedType StringKeyword NumberKeyword BooleanKeyword UnknownKeyword NeverKeyword UndefinedKeyword VoidKeyword'
).split(' ');

const MODULES = ['paged-observable', 'paged-observable/openapi', 'rxjs', './schemas.js'];

/**
 * The last step of generating: looks at what TypeScript makes of the code. Only the kinds of nodes that the generator writes may be in it,
 * only the modules it knows imported, and nothing called or made but the client's own parts.
 *
 * @throws PaginationError `SPEC_REJECTED` naming the first that is something else
 */
export async function checkCode(code: string, fileName: string): Promise<void> {
  const { default: compiler } = await import('typescript');
  const { SyntaxKind } = compiler;
  const source = compiler.createSourceFile(fileName, code, compiler.ScriptTarget.ES2022, true);
  const { diagnostics = [] } = compiler.transpileModule(code, {
    fileName,
    reportDiagnostics: true,
  });
  const refuse = (what: string, position: number): never => {
    const { line } = source.getLineAndCharacterOfPosition(position);
    throw new PaginationError(
      'SPEC_REJECTED',
      `The generated ${fileName} holds ${what} in line ${String(line + 1)}, which is not meant: the document is not fit for generating`,
    );
  };
  const [diagnostic] = diagnostics;
  if (diagnostic !== undefined) refuse('what is no TypeScript', diagnostic.start ?? 0);
  if (hasDirectives(source)) refuse('a directive to the compiler', 0);
  // Markers such as FirstLiteralToken are further names of the same numbers.
  const kinds = new Set(KINDS.map((name) => SyntaxKind[name as keyof typeof SyntaxKind]));
  const open: ts.Node[] = [source];
  for (let node = open.pop(); node !== undefined; node = open.pop()) {
    if (!kinds.has(node.kind)) refuse(`a node of kind ${SyntaxKind[node.kind]}`, node.pos);
    if (!isMeant(compiler, node)) refuse(`an unknown ${SyntaxKind[node.kind]}`, node.pos);
    compiler.forEachChild(node, (child) => void open.push(child));
  }
}

/** Of TypeScript where it is native: from 7 on the package exports its version only. */
export async function versionWithoutApi(): Promise<string | undefined> {
  const { default: compiler } = await import('typescript').catch(() => ({ default: undefined }));
  return compiler === undefined || Reflect.has(compiler, 'factory') ? undefined : compiler.version;
}

/** `/// <reference>`, `// @ts-ignore` and their like. */
function hasDirectives(source: ts.SourceFile): boolean {
  const { referencedFiles, typeReferenceDirectives, libReferenceDirectives, amdDependencies } =
    source;
  const comments: unknown = Reflect.get(source, 'commentDirectives');
  const check: unknown = Reflect.get(source, 'checkJsDirective');
  return (
    [referencedFiles, typeReferenceDirectives, libReferenceDirectives, amdDependencies].some(
      (found) => found.length > 0,
    ) ||
    (Array.isArray(comments) && comments.length > 0) ||
    check !== undefined
  );
}

function isMeant(compiler: typeof ts, node: ts.Node): boolean {
  if (compiler.isImportDeclaration(node) || compiler.isExportDeclaration(node)) {
    const from = node.moduleSpecifier;
    return from === undefined || (compiler.isStringLiteral(from) && MODULES.includes(from.text));
  }
  if (compiler.isCallExpression(node)) {
    return /^this\.#caller\.(?:list|call)$/.test(node.expression.getText());
  }
  if (compiler.isNewExpression(node))
    return /^(?:ApiCaller|\w+Api(?:_[\da-f]{8})?)$/.test(node.expression.getText());
  if (compiler.isComputedPropertyName(node)) return node.expression.getText() === "'__proto__'";
  if (compiler.isBinaryExpression(node)) return /^this\.(?:#caller|\w+)$/.test(node.left.getText());
  if (compiler.isPropertyAccessExpression(node)) {
    return (
      node.expression.kind === compiler.SyntaxKind.ThisKeyword ||
      node.expression.getText() === 'this.#caller'
    );
  }
  if (compiler.isExpressionStatement(node)) {
    return (
      compiler.isBinaryExpression(node.expression) || compiler.isNewExpression(node.expression)
    );
  }
  return true;
}
