// Checks tools/*.ps1, the module and what 'lmpath fix' prints without a PowerShell: check_syntax.mjs
// DIR, where DIR holds node_modules. LMPATH holds the command that starts lmpath. No PowerShell runs here, so parameters and results of cmdlets remain unchecked.
import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import * as fixRules from './fix_rules.mjs';
import * as rules from './rules.mjs';

const require = createRequire(path.join(path.resolve(process.argv[2]), 'package.json'));
const { Parser, Language } = await import(pathToFileURL(require.resolve('web-tree-sitter')));
await Parser.init();
const parser = new Parser();
parser.setLanguage(
  await Language.load(require.resolve('tree-sitter-powershell/tree-sitter-powershell.wasm')));

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../../..');
const COLLECTOR = 'tools/Get-LmPathSnapshot.ps1';
const MODULE = 'tools/powershell/LmPath/LmPath.psm1';
const MANIFEST = 'tools/powershell/LmPath/LmPath.psd1';

// The sections that the snapshot's readers count on.
const SECTIONS = {
  Cluster: [
    'Get-Cluster', 'Get-ClusterNode', 'Get-ClusterNetwork', 'Get-ClusterNetworkInterface',
    'Get-ClusterParameter',
  ],
  Here: ['Get-ADComputer'],
  Node: [
    'Get-VMHost', 'Get-VMMigrationNetwork', 'Msvm_VirtualSystemMigrationNetworkSettingData',
    'Msvm_VirtualSystemMigrationService', 'Msvm_VirtualSystemMigrationServiceSettingData',
    'Get-NetAdapter', 'Get-NetIPAddress', 'Get-NetIPInterface', 'Get-NetAdapterStatistics',
    'Get-NetAdapterRdma', 'Get-NetAdapterAdvancedProperty', 'Get-VMNetworkAdapter',
    'Get-VMNetworkAdapterVlan', 'Get-VMNetworkAdapterTeamMapping', 'Get-VMSwitch',
    'Get-VMSwitchTeam', 'Get-NetLbfoTeam', 'Get-SmbClientNetworkInterface',
    'Get-SmbMultichannelConnection', 'Get-SmbMultichannelConstraint', 'Get-SmbBandwidthLimit',
    'Get-SmbServerConfiguration', 'Get-NetAdapterBinding', 'Get-NetAdapterRss',
    'Get-NetOffloadGlobalSetting', 'Get-NetFirewallRule', 'Get-NetIPsecRule', 'Get-NetQosPolicy',
    'Get-NetTCPConnection', 'Get-NetIntent', 'Win32_OperatingSystem', 'PSVersionTable',
  ],
};
// Sections that a function of the collector reads, as no single cmdlet gives them.
const READERS = { 'Get-ADComputer': 'Get-Delegation', 'Get-NetFirewallRule': 'Get-MigrationFirewallRule' };

let passed = 0;
let failed = 0;

function report(name, findings) {
  if (findings.length === 0) {
    passed++;
    return;
  }
  failed++;
  console.log(`FAIL ${name}`);
  for (const f of findings)
    console.log(`  ${f.line ? `line ${f.line}: ` : ''}${f.text}`);
}

function load(file) {
  const source = readFileSync(path.join(root, file), 'utf8');
  return { source, tree: parser.parse(source).rootNode };
}

const collector = load(COLLECTOR);
const module = load(MODULE);
const manifest = load(MANIFEST);

for (const [file, f] of [[COLLECTOR, collector], [MODULE, module], [MANIFEST, manifest]]) {
  report(`${file} parses`, rules.syntaxErrors(f.tree));
  report(`${file} is PowerShell 4 in ASCII`, rules.languageLevel(f.tree, f.source));
}
for (const [file, f] of [[COLLECTOR, collector], [MODULE, module]])
  report(`${file} uses approved verbs`, rules.approvedVerbs(f.tree));
report('the collector changes nothing', rules.readOnly(collector.tree, rules.COLLECTOR));
report('the module runs lmpath and the collector only', rules.readOnly(module.tree, rules.MODULE));

const writes = rules.all(collector.tree, 'invokation_expression')
  .filter(n => n.text.startsWith('[System.IO.File]::WriteAllText($path,'));
report('the collector writes one file',
  writes.length === 1 ? [] : [{ text: `WriteAllText($path, ...) stands there ${writes.length} times` }]);

const rows = rules.tableRows(collector.tree);
report('the table has every section once', Object.entries(SECTIONS).flatMap(([scope, sections]) =>
  sections.filter(s => rows.filter(r => r.section === s && r.scope === scope).length !== 1)
    .map(s => ({ text: `${scope}: ${s}` }))));
report('each row is whole and reads what its name says', rows
  .filter(r => !['Cluster', 'Here', 'Node'].includes(r.scope) || !r.keep ||
    !r.read?.includes(READERS[r.section] ?? r.section))
  .map(r => ({ line: r.line, text: r.section })));
report('no two rows share a name', rows
  .filter((r, i) => rows.findIndex(o => o.section === r.section) !== i)
  .map(r => ({ line: r.line, text: r.section })));

const exported = /FunctionsToExport = @\(([^)]*)\)/.exec(manifest.source)[1].match(/[\w-]+/g);
const defined = rules.functionNames(module.tree);
report('the manifest exports functions that exist and have help', exported
  .filter(n => !defined.includes(n) ||
    !new RegExp(`\\.SYNOPSIS(?:(?!#>)[^])*\\.EXAMPLE(?:(?!#>)[^])*#>\\nfunction ${n} `)
      .test(module.source))
  .map(n => ({ text: n })));

// The rules must find what they are for: each planted line, put into a row of the real collector.
const PLANTED = [
  ['Set-VMHost -UseAnyNetworkForMigration $true', 'calls Set-VMHost'],
  ['Get-VMHost | Enable-VMMigration', 'calls Enable-VMMigration'],
  ['Get-NetAdapter | ForEach-Object { Restart-NetAdapter -Name $_.Name }', 'calls Restart-NetAdapter'],
  ['Remove-PSSession -Name other', 'Remove-PSSession of anything but an own session'],
  ['$x = $(Add-VMMigrationNetwork 10.0.0.0/24)', 'calls Add-VMMigrationNetwork'],
  ['"text $(Stop-Service vmms)"', 'calls Stop-Service'],
  ['iex $text', 'calls iex'],
  ['cmd.exe /c del x', 'calls cmd.exe'],
  ["& 'Stop-Service' vmms", "runs & 'Stop-Service'"],
  ['& $command', 'runs & $command'],
  ['. .\\other.ps1', 'runs . .\\other.ps1'],
  ['Get-VMHost > list.txt', 'writes a file by redirection'],
  ['(Get-ClusterNetwork).Role = 3', 'assigns to (Get-ClusterNetwork).Role'],
  ['$network.Metric = 1', 'assigns to $network.Metric'],
  ['$env:PATH = 1', 'assigns to $env:PATH'],
  ['$service.Stop()', 'calls the method Stop'],
  ["[System.IO.File]::Delete('x')", 'calls the method [System.IO.File]::Delete'],
  ['New-Object -ComObject HNetCfg.FwPolicy2', 'makes a thing that is not named by -TypeName'],
  ['New-Object -TypeName System.Net.WebClient', 'makes a System.Net.WebClient'],
];
for (const [line, expected] of PLANTED) {
  const source = collector.source.replace('Read = { Get-VMHost }', `Read = {\n${line}\nGet-VMHost }`);
  const tree = parser.parse(source).rootNode;
  const texts = rules.readOnly(tree, rules.COLLECTOR).map(f => f.text);
  report(`a planted '${line}' is found`,
    source !== collector.source && texts.length === 1 && texts[0] === expected ? []
      : [{ text: `found instead: ${texts.join('; ') || 'nothing'}` }]);
}
for (const [name, source, rule] of [
  ['an unclosed block', 'if ($x) { Get-VMHost', s => rules.syntaxErrors(parser.parse(s).rootNode)],
  ['a class', 'class A { [int] $B }', s => rules.languageLevel(parser.parse(s).rootNode, s)],
  ['a dash outside ASCII', 'Get-VMHost \u2013Name x', s => rules.languageLevel(parser.parse(s).rootNode, s)],
  ['a verb of our own', 'function Collect-Thing { 1 }', s => rules.approvedVerbs(parser.parse(s).rootNode)],
])
  report(`${name} is found`, rule(source).length > 0 ? [] : [{ text: source }]);

// Scripts of 'lmpath fix', for the snapshots at hand and for clusters with hostile names.
const made = path.join(path.resolve(process.argv[2]), 'snapshots');
rmSync(made, { recursive: true, force: true });
spawnSync('python3', [path.join(root, 'tests/integration/clusters.py'), made, '12'],
  { stdio: 'inherit' });
const fixtures = path.join(root, 'fixtures/snapshots');
const snapshots = [made, fixtures].flatMap(d => readdirSync(d)
  .filter(f => f.endsWith('.json') && !f.startsWith('broken-')).map(f => path.join(d, f)));
const lmpath = process.env.LMPATH?.split(' ') ?? [];
let nScripts = 0;
for (const file of lmpath.length ? snapshots : []) {
  for (const undo of [[], ['--undo']]) {
    const network = file.startsWith(made) ? ['-e', '10.1.0.0/16,fd00:1::/32'] : [];
    const run = spawnSync(lmpath[0], [...lmpath.slice(1), 'fix', file, ...network, ...undo],
      { encoding: 'utf8' });
    if (run.status !== 0)
      continue; // it has no network that is intended
    nScripts++;
    report(`fix ${path.basename(file)} ${undo}`,
      fixRules.check(parser.parse(run.stdout).rootNode, run.stdout));
  }
}
report('lmpath fix printed scripts to check',
  !lmpath.length || nScripts > 30 ? [] : [{ text: `only ${nScripts}` }]);
for (const [line, expected] of [
  ["Set-VMHost -ComputerName 'A' -UseAnyNetworkForMigration $true", 'Set-VMHost without asking'],
  ["$network['A'].Role = 1", "assigns $network['A'].Role = 1"],
  ["if (Test-Change 'A' 1 2 3) {\nStop-VM *\n}", 'calls Stop-VM'],
  ["$new = @('' + [char]0x41; Stop-Computer)", 'calls Stop-Computer'],
  ["$x = 'L\u00f8kke'", 'a character outside ASCII'],
]) {
  const texts = fixRules.check(parser.parse(line + '\n').rootNode, line).map(f => f.text);
  report(`a script with '${line}' is refused`,
    texts.includes(expected) ? [] : [{ text: `found instead: ${texts.join('; ') || 'nothing'}` }]);
}

console.log(`${passed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
