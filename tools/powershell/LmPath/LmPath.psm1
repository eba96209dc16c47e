# lmpath as PowerShell commands: files in, objects out. Everything is worked out by the program; this
# module finds it, runs it and reads its JSON.

# The first of the candidates that is there, or nothing.
function Find-File([string[]] $Candidate) {
    $Candidate | Where-Object { Test-Path -LiteralPath $_ -PathType Leaf } | Select-Object -First 1
}

# lmpath.exe beside the module, or one folder up as in the package, or on PATH.
function Find-Program {
    $program = Find-File @(
        Join-Path -Path $PSScriptRoot -ChildPath 'lmpath.exe'
        Join-Path -Path (Split-Path -Path $PSScriptRoot -Parent) -ChildPath 'lmpath.exe'
    )
    if (-not $program) {
        $program = Get-Command -Name lmpath -CommandType Application -ErrorAction SilentlyContinue |
            Select-Object -First 1 | ForEach-Object { $_.Path }
    }
    if (-not $program) {
        throw "lmpath is neither beside the module in '$PSScriptRoot' nor on PATH"
    }
    return $program
}

# The program's working folder is not always the session's location, so paths are made absolute.
function Resolve-File([string[]] $Path) {
    foreach ($one in $Path) {
        $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($one)
    }
}

# Runs lmpath and returns its exit code: 0, 1 and 3 are answers, everything else becomes an error
# with the program's own words. What it says besides an answer is a warning.
function Invoke-Program([string[]] $Argument) {
    $program = Find-Program
    # Windows PowerShell makes an error of each line on stderr: with Stop the first would end the
    # run. PowerShell 7.4 can make one of an exit code, which here is an answer.
    $ErrorActionPreference = 'Continue'
    $PSNativeCommandUseErrorActionPreference = $false
    $said = @(& $program $Argument 2>&1 | ForEach-Object { [string]$_ } | Where-Object { $_ })
    $code = $LASTEXITCODE
    if ($code -notin 0, 1, 3) {
        $text = ($said + "exit code $code")[0]
        $exception = New-Object -TypeName System.InvalidOperationException -ArgumentList $text
        throw (New-Object -TypeName System.Management.Automation.ErrorRecord -ArgumentList @(
                $exception, 'LmPathFailed', 'InvalidResult', $program))
    }
    foreach ($line in $said) {
        Write-Warning -Message $line
    }
    return $code
}

# Runs a command with JSON output and returns the object, with the exit code beside its own fields.
# The JSON goes through a file: on a pipe the console's code page would spoil every adapter name
# that isn't ASCII.
function Invoke-JsonProgram([string[]] $Argument) {
    $file = [System.IO.Path]::GetTempFileName()
    try {
        $code = Invoke-Program ($Argument + @('-f', 'json', '-o', $file))
        $text = [System.IO.File]::ReadAllText($file, [System.Text.Encoding]::UTF8)
        $result = ConvertFrom-Json -InputObject $text
    } finally {
        [System.IO.File]::Delete($file)
    }
    $result | Add-Member -MemberType NoteProperty -Name ExitCode -Value $code -PassThru
}

<#
.SYNOPSIS
    Writes the configuration of a cluster to a snapshot file.
.DESCRIPTION
    Runs the collector, Get-LmPathSnapshot.ps1, which changes nothing. See its own help.
.PARAMETER OutputPath
    The file to write. Default: snapshot.json in the current folder.
.PARAMETER Node
    Only these nodes of the cluster. Default: all.
.PARAMETER ComputerName
    Hosts that are in no cluster.
.PARAMETER Credential
    The account for the other hosts.
.EXAMPLE
    Get-LmPathSnapshot -OutputPath before.json | Test-LmPath -Expect Storage1
.OUTPUTS
    System.IO.FileInfo
#>
function Get-LmPathSnapshot {
    [CmdletBinding(DefaultParameterSetName = 'Cluster')]
    [OutputType([System.IO.FileInfo])]
    param(
        [Parameter(Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $OutputPath = 'snapshot.json',

        [Parameter(ParameterSetName = 'Cluster')]
        [string[]] $Node,

        [Parameter(ParameterSetName = 'Hosts', Mandatory = $true)]
        [string[]] $ComputerName,

        [System.Management.Automation.PSCredential]
        [System.Management.Automation.Credential()]
        $Credential = [System.Management.Automation.PSCredential]::Empty
    )

    $tools = Split-Path -Path (Split-Path -Path $PSScriptRoot -Parent) -Parent
    $collector = Find-File @(
        Join-Path -Path $PSScriptRoot -ChildPath 'Get-LmPathSnapshot.ps1'
        Join-Path -Path (Split-Path -Path $PSScriptRoot -Parent) -ChildPath 'Get-LmPathSnapshot.ps1'
        Join-Path -Path $tools -ChildPath 'Get-LmPathSnapshot.ps1'
    )
    if (-not $collector) {
        throw "Get-LmPathSnapshot.ps1 is not beside the module in '$PSScriptRoot'"
    }
    & $collector @PSBoundParameters
}

<#
.SYNOPSIS
    Checks a snapshot, or tells which network carried a migration that was captured.
.DESCRIPTION
    With -Path: 'lmpath check', the three layers of one snapshot. The object has findings and
    predictions.
    With -Capture: 'lmpath analyze', the verdict over captures and sessions. The object has verdict,
    transfers, connections and findings.
    ExitCode is 0 when nothing is wrong, 1 when something is, 3 when the evidence carries no answer.
.PARAMETER Path
    A snapshot. Takes files from the pipeline.
.PARAMETER Capture
    Captures and session folders.
.PARAMETER Topology
    The snapshot that tells the captures' networks and hosts.
.PARAMETER Network
    Networks without a snapshot: 'Storage1=10.20.0.0/24'.
.PARAMETER Expect
    The networks (names or prefixes) that should carry the memory.
.EXAMPLE
    (Test-LmPath -Path snapshot.json -Expect Storage1).findings
.EXAMPLE
    Test-LmPath -Capture hv01.pcapng, hv02.pcapng -Topology snapshot.json | Select-Object verdict
.OUTPUTS
    System.Management.Automation.PSCustomObject
#>
function Test-LmPath {
    [CmdletBinding(DefaultParameterSetName = 'Snapshot')]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        [Parameter(ParameterSetName = 'Snapshot', Mandatory = $true, Position = 0,
            ValueFromPipeline = $true, ValueFromPipelineByPropertyName = $true)]
        [Alias('FullName')]
        [ValidateNotNullOrEmpty()]
        [string] $Path,

        [Parameter(ParameterSetName = 'Capture', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [string[]] $Capture,

        [Parameter(ParameterSetName = 'Capture')]
        [ValidateNotNullOrEmpty()]
        [string] $Topology,

        [Parameter(ParameterSetName = 'Capture')]
        [ValidateNotNullOrEmpty()]
        [string[]] $Network,

        [ValidateNotNullOrEmpty()]
        [string[]] $Expect
    )

    process {
        if ($PSCmdlet.ParameterSetName -eq 'Snapshot') {
            $arguments = @('check') + @(Resolve-File $Path)
        } else {
            $arguments = @('analyze') + @(Resolve-File $Capture)
            if ($Topology) {
                $arguments += @('-t') + @(Resolve-File $Topology)
            }
            foreach ($definition in $Network) {
                $arguments += @('-n', $definition)
            }
        }
        if ($Expect) {
            $arguments += @('-e', ($Expect -join ','))
        }
        Invoke-JsonProgram $arguments
    }
}

<#
.SYNOPSIS
    Tells what changed between two snapshots.
.DESCRIPTION
    'lmpath drift': one object for each change, with layer, severity, node, what, kind, old, new and
    effect. Severity is warning, or info for what is good to know and no drift by itself. Nothing
    changed: no object. What only one of the two tells is a warning.
.PARAMETER ReferencePath
    The older snapshot, or a baseline ('lmpath check --baseline').
.PARAMETER DifferencePath
    The newer snapshot.
.EXAMPLE
    Compare-LmPathSnapshot before.json after.json | Format-Table layer, node, what, old, new
.OUTPUTS
    System.Management.Automation.PSCustomObject
#>
function Compare-LmPathSnapshot {
    [CmdletBinding()]
    [OutputType([System.Management.Automation.PSCustomObject])]
    param(
        [Parameter(Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string] $ReferencePath,

        [Parameter(Mandatory = $true, Position = 1)]
        [ValidateNotNullOrEmpty()]
        [string] $DifferencePath
    )

    $arguments = @('drift') + @(Resolve-File $ReferencePath) + @(Resolve-File $DifferencePath)
    $result = Invoke-JsonProgram $arguments
    foreach ($gap in $result.not_comparable) {
        $what = (@($gap.cmdlet, $gap.property) | Where-Object { $_ }) -join '.'
        if (-not $what) {
            $what = 'a host'
        }
        $where = if ($gap.nodes) { ' on ' + ($gap.nodes -join ', ') }
        Write-Warning -Message "not comparable: ${what}: only the $($gap.known_in) one tells it$where"
    }
    $result.changes
}

<#
.SYNOPSIS
    Writes a report on a session, a capture or a saved result, or on before and after.
.DESCRIPTION
    'lmpath report'. It overwrites the file named, and nothing else.
.PARAMETER InputPath
    Sessions, captures or a saved result.
.PARAMETER Before
    What was recorded before the change; several runs are taken together.
.PARAMETER After
    What was recorded after it.
.PARAMETER OutputPath
    The file to write.
.PARAMETER Format
    A format of 'lmpath report'. Default: the one that the file's extension names.
.EXAMPLE
    New-LmPathReport -InputPath session -OutputPath report.html
.EXAMPLE
    New-LmPathReport -Before monday -After tuesday -OutputPath report.docx
.OUTPUTS
    System.IO.FileInfo
#>
function New-LmPathReport {
    [CmdletBinding(SupportsShouldProcess = $true, DefaultParameterSetName = 'One')]
    [OutputType([System.IO.FileInfo])]
    param(
        [Parameter(ParameterSetName = 'One', Mandatory = $true, Position = 0)]
        [ValidateNotNullOrEmpty()]
        [string[]] $InputPath,

        [Parameter(ParameterSetName = 'Pair', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [string[]] $Before,

        [Parameter(ParameterSetName = 'Pair', Mandatory = $true)]
        [ValidateNotNullOrEmpty()]
        [string[]] $After,

        [Parameter(Mandatory = $true, Position = 1)]
        [ValidateNotNullOrEmpty()]
        [string] $OutputPath,

        [ValidateNotNullOrEmpty()]
        [string] $Format
    )

    $file = Resolve-File $OutputPath
    $arguments = @('report') + @(Resolve-File $InputPath)
    foreach ($session in @(Resolve-File $Before)) {
        $arguments += @('--before', $session)
    }
    foreach ($session in @(Resolve-File $After)) {
        $arguments += @('--after', $session)
    }
    if ($Format) {
        $arguments += @('-f', $Format)
    }
    $arguments += @('-o', $file)
    if ($PSCmdlet.ShouldProcess($file, 'write the report')) {
        $null = Invoke-Program $arguments
        Get-Item -LiteralPath $file
    }
}
