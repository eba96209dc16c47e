// What the PowerShell files may and may not do, read off the syntax tree. Each rule returns findings
// as { line, text }; a file without findings keeps the rules.

const APPROVED_VERBS = new Set([
  'Compare', 'ConvertFrom', 'ConvertTo', 'Find', 'Format', 'Get', 'Invoke', 'Measure', 'New', 'Read',
  'Resolve', 'Select', 'Test', 'Write',
]);

// Cmdlets of these verbs only read, or work on what is in the pipeline.
const READING_VERBS = new Set([
  'ConvertFrom', 'ConvertTo', 'ForEach', 'Get', 'Measure', 'Select', 'Sort', 'Split', 'Test', 'Where',
  'Write',
]);

// What else the collector may call. Invoke-Command runs the script block under the same rules.
// Remove-PSSession closes a session of the script's own and is held to that below.
const COLLECTOR_COMMANDS = new Set([
  'Invoke-Command', 'New-Object', 'New-PSSession', 'New-PSSessionOption', 'Remove-PSSession',
]);
const MODULE_COMMANDS = new Set(['Add-Member', 'Join-Path', 'New-Object']);

const NEW_OBJECT_TYPES = new Set([
  'PSObject', 'System.DirectoryServices.DirectorySearcher', 'System.Text.UTF8Encoding',
  'System.InvalidOperationException', 'System.Management.Automation.ErrorRecord',
]);

// Methods that neither write nor start anything. new() is missing on purpose: PowerShell 4 has none.
const METHODS = new Set([
  'ToString', 'ToUniversalTime', 'GetType', 'ContainsKey', 'FindOne',
  'GetUnresolvedProviderPathFromPSPath',
  '[System.Diagnostics.Stopwatch]::StartNew', '[math]::Round', '[regex]::Escape',
  '[string]::IsNullOrEmpty',
]);
const COLLECTOR_METHODS = new Set([...METHODS, '[System.IO.File]::WriteAllText']);
const MODULE_METHODS = new Set([
  ...METHODS, 'ShouldProcess', '[System.IO.Path]::GetTempFileName', '[System.IO.File]::ReadAllText',
  '[System.IO.File]::Delete',
]);

export const COLLECTOR = {
  commands: COLLECTOR_COMMANDS,
  methods: COLLECTOR_METHODS,
  invoked: new Set(['$collect', "$row['Read']"]),
  members: new Set(['$searcher.Filter']),
};
export const MODULE = {
  commands: MODULE_COMMANDS,
  methods: MODULE_METHODS,
  invoked: new Set(['$program', '$collector']),
  members: new Set(),
};

export function* walk(node) {
  yield node;
  for (const child of node.children)
    yield* walk(child);
}

export function all(root, type) {
  return [...walk(root)].filter(n => n.type === type);
}

function finding(node, text) {
  return { line: node.startPosition.row + 1, text };
}

export function syntaxErrors(root) {
  if (!root.hasError)
    return [];
  const found = [...walk(root)].filter(n => n.isError || n.isMissing)
    .map(n => finding(n, n.isMissing ? `missing ${n.type}` : 'syntax error'));
  return found.length > 0 ? found : [finding(root, 'syntax error')];
}

// PowerShell 4 is the oldest: Windows Server 2012 R2's. Newer operators fail to parse already.
// Windows PowerShell reads a file without a byte order mark in the machine's code page: ASCII only.
export function languageLevel(root, source) {
  const found = [];
  for (const n of walk(root)) {
    if (['class_statement', 'enum_statement', 'using_statement'].includes(n.type))
      found.push(finding(n, `${n.type.split('_')[0]} needs PowerShell 5`));
    if (n.type === '&&' || n.type === '||')
      found.push(finding(n, `${n.type} needs PowerShell 7`));
  }
  source.split('\n').forEach((line, i) => {
    if (/[^\x09\x20-\x7e]/.test(line))
      found.push({ line: i + 1, text: 'a character outside ASCII' });
  });
  return found;
}

export function functionNames(root) {
  return all(root, 'function_statement').map(n => all(n, 'function_name')[0].text);
}

export function approvedVerbs(root) {
  return all(root, 'function_statement').map(n => all(n, 'function_name')[0])
    .filter(n => !APPROVED_VERBS.has(n.text.split('-')[0]) || !n.text.includes('-'))
    .map(n => finding(n, `function ${n.text}: no approved verb`));
}

// The commands that a file calls, its methods, what it redirects and what it assigns to.
export function readOnly(root, allowed) {
  const own = new Set(functionNames(root).map(n => n.toLowerCase()));
  const found = [];
  for (const n of walk(root)) {
    if (n.type === 'command')
      found.push(...checkCommand(n, allowed, own));
    else if (n.type === 'invokation_expression')
      found.push(...checkMethod(n, allowed));
    else if (n.type === 'file_redirection_operator')
      found.push(finding(n, 'writes a file by redirection'));
    else if (n.type === 'assignment_expression')
      found.push(...checkAssignment(n, allowed));
  }
  return found;
}

function checkCommand(node, allowed, own) {
  const operator = node.children.find(c => c.type === 'command_invokation_operator');
  const name = node.childForFieldName('command_name');
  if (operator) {
    if (operator.text === '&' && allowed.invoked.has(name?.text))
      return [];
    return [finding(node, `runs ${operator.text} ${name?.text}`)];
  }
  if (!name)
    return [];
  const text = name.text;
  const verb = text.includes('-') ? text.split('-')[0] : '';
  if (text === 'New-Object')
    return checkNewObject(node);
  if (text === 'Remove-PSSession' && node.text !== 'Remove-PSSession -Session $session')
    return [finding(node, 'Remove-PSSession of anything but an own session')];
  if (allowed.commands.has(text) || READING_VERBS.has(verb) || own.has(text.toLowerCase()))
    return [];
  return [finding(node, `calls ${text}`)];
}

function checkNewObject(node) {
  const type = /^New-Object -TypeName ([\w.]+)(\s|$)/.exec(node.text)?.[1];
  if (type && NEW_OBJECT_TYPES.has(type))
    return [];
  return [finding(node, `makes a ${type ?? 'thing that is not named by -TypeName'}`)];
}

function checkMethod(node, allowed) {
  const member = node.children.find(c => c.type === 'member_name');
  const isStatic = node.children[0].type === 'type_literal';
  const name = isStatic ? `${node.children[0].text}::${member?.text}` : member?.text;
  return allowed.methods.has(name) ? [] : [finding(node, `calls the method ${name}`)];
}

// Variables of the file's own and their elements; no $env:, $global:, no property of an object.
function checkAssignment(node, allowed) {
  const left = node.children[0].text.trim();
  if (/^(\[[\w.[\]]+\]\s*)?\$\w+(\[[^\]]*\])*$/.test(left) || allowed.members.has(left))
    return [];
  return [finding(node, `assigns to ${left}`)];
}

// The rows of the collector's table: { scope, section, read, keep, line }.
export function tableRows(root) {
  const rows = [];
  for (const hash of all(root, 'hash_literal_expression')) {
    const entries = new Map();
    const body = hash.children.find(c => c.type === 'hash_literal_body');
    for (const entry of body?.children.filter(c => c.type === 'hash_entry') ?? []) {
      const key = entry.children.find(c => c.type === 'key_expression').text;
      entries.set(key, entry.text.slice(entry.text.indexOf('=') + 1).replace(/;?\s*$/, '').trim());
    }
    if (entries.has('Scope') && entries.has('Section') && !entries.has('Node'))
      rows.push({
        scope: entries.get('Scope').replaceAll("'", ''),
        section: entries.get('Section').replaceAll("'", ''),
        read: entries.get('Read'),
        keep: entries.get('Keep'),
        line: hash.startPosition.row + 1,
      });
  }
  return rows;
}
