@{
    RootModule = 'LmPath.psm1'
    ModuleVersion = '0.1.0'
    GUID = '6f0b6e1c-3c1e-4f0e-9a55-7d0c5b0f9c42'
    Author = 'The lmpath developers'
    Description = 'Proves which cluster network carried a live-migrated Hyper-V virtual machine.'
    PowerShellVersion = '4.0'
    FunctionsToExport = @(
        'Get-LmPathSnapshot'
        'Test-LmPath'
        'Compare-LmPathSnapshot'
        'New-LmPathReport'
    )
    CmdletsToExport = @()
    VariablesToExport = @()
    AliasesToExport = @()
    PrivateData = @{
        PSData = @{
            Tags = @('Hyper-V', 'FailoverCluster', 'LiveMigration', 'Network')
        }
    }
}
