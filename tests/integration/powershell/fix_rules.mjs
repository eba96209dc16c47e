// What a script of 'lmpath fix' must keep to, read off the syntax tree.
import * as rules from './rules.mjs';

const READING = ['Get-', 'Where-Object', 'Sort-Object', 'Write-', 'Test-Change'];
const CHANGING = [
  'Set-ClusterParameter', 'Set-VMHost', 'Add-VMMigrationNetwork', 'Remove-VMMigrationNetwork',
  'Enable-VMMigration', 'Disable-VMMigration',
];

function finding(node, text) {
  return { line: node.startPosition.row + 1, text };
}

// Is it in a block that only runs when Test-Change, and with it ShouldProcess, agreed?
function isGuarded(node) {
  for (let n = node.parent; n; n = n.parent)
    if (n.type === 'if_statement' && n.text.startsWith('if (Test-Change '))
      return true;
  return false;
}

function commands(root) {
  const found = [];
  for (const n of rules.all(root, 'command')) {
    const name = n.childForFieldName('command_name')?.text;
    if (CHANGING.includes(name)) {
      if (!isGuarded(n))
        found.push(finding(n, `${name} without asking`));
    } else if (name && !READING.some(r => name.startsWith(r))) {
      found.push(finding(n, `calls ${name}`));
    }
  }
  return found;
}

function assignments(root) {
  return rules.all(root, 'assignment_expression')
    .filter(n => /^\$network\[.*\]\.Role = /s.test(n.text) ? !isGuarded(n)
      : !/^\$\w+(\[.*\])? \+?= /s.test(n.text) || /^\$\w+\[.*\]\./s.test(n.text))
    .map(n => finding(n, `assigns ${n.text}`));
}

// No more than these methods: what a name could not bring in.
function methods(root) {
  return rules.all(root, 'invokation_expression')
    .filter(n => !['Trim', 'ShouldProcess'].includes(
      n.children.find(c => c.type === 'member_name')?.text))
    .map(n => finding(n, `calls ${n.text}`));
}

export function check(root, source) {
  return [...rules.syntaxErrors(root), ...rules.languageLevel(root, source), ...commands(root),
    ...assignments(root), ...methods(root)];
}
