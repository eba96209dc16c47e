#Requires -Version 4.0
<#
.SYNOPSIS
    Writes the configuration that decides a live migration's path, of a whole cluster, to one JSON file.

.DESCRIPTION
    Run it on one node of a cluster, as administrator. It reads the cluster, then every node (this one
    directly, the others over PowerShell remoting), and writes one snapshot for lmpath: 'lmpath check',
    'lmpath drift', 'lmpath fix' and 'lmpath analyze -t'.

    What it collects: the cluster's networks, nodes and migration settings; of each node the Hyper-V
    migration settings, adapters with addresses, counters, RDMA, RSS, VLANs, bindings and jumbo frames,
    virtual switches and teams, SMB client, server, multichannel and bandwidth settings, firewall rules
    for the ports 445, 5445 and 6600, IPsec rules, QoS policies, TCP connections of the virtual machine
    management service, Network ATC intents, whether Virtual Machine Manager has its agent here, OS and PowerShell version and the clock's offset; and the
    delegation entries of the nodes' computer accounts.

    What it never collects: passwords, keys, certificates, names or contents of virtual machines, names
    of users, shares and files.

    It changes nothing: it calls cmdlets that read, opens remoting sessions, closes them again, and
    writes the one file. A node that can't be reached, a cmdlet that isn't there or a right that is
    missing costs its section; the reason stands under Errors in the file.

    Works in Windows PowerShell 4.0 to 5.1 and in PowerShell 7, on Windows Server 2012 R2 to 2025. In
    PowerShell 7 the reading is done by Windows PowerShell on the same computer, because the
    FailoverClusters module is not made for PowerShell 7.

.PARAMETER OutputPath
    The file to write; an older one is replaced. Default: snapshot.json in the current folder.

.PARAMETER Node
    Only these nodes of the cluster. Default: all.

.PARAMETER ComputerName
    Hosts that are in no cluster. The sections of the cluster are left out.

.PARAMETER Credential
    The account for the other hosts. This computer is always read with your own.

.EXAMPLE
    .\Get-LmPathSnapshot.ps1

    Writes snapshot.json of the whole cluster.

.EXAMPLE
    .\Get-LmPathSnapshot.ps1 -OutputPath before.json -Node HV01, HV02

    Reads two nodes of the cluster.

.EXAMPLE
    .\Get-LmPathSnapshot.ps1 -ComputerName HV01, HV02 -Credential (Get-Credential)

    Reads two hosts without a cluster.

.OUTPUTS
    System.IO.FileInfo: the file written.
#>
[CmdletBinding(DefaultParameterSetName = 'Cluster')]
[OutputType([System.IO.FileInfo])]
param(
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty()]
    [string] $OutputPath = 'snapshot.json',

    [Parameter(ParameterSetName = 'Cluster')]
    [ValidateNotNullOrEmpty()]
    [string[]] $Node,

    [Parameter(ParameterSetName = 'Hosts', Mandatory = $true)]
    [ValidateNotNullOrEmpty()]
    [string[]] $ComputerName,

    [System.Management.Automation.PSCredential]
    [System.Management.Automation.Credential()]
    $Credential = [System.Management.Automation.PSCredential]::Empty
)

# The whole reader is one script block without outside references, because it also runs on the other
# nodes. What it returns is flat text: objects would lose their depth and their enumerations' names on
# the way back, JSON made beside the cmdlet loses nothing.
$collect = {
    param($Scope, $Hosts)

    # Errors are caught and reported per section below, whatever the caller's preference is.
    $ErrorActionPreference = 'Continue'
    $ProgressPreference = 'SilentlyContinue'

    $rdmaCounters = 'InboundBytes', 'OutboundBytes', 'InboundFrames', 'OutboundFrames',
        'ActiveConnections', 'AcceptedConnections', 'InitiatedConnections',
        'FailedConnectionAttempts', 'ConnectionErrors', 'CompletionQueueErrors'

    # One row a section. Scope: Cluster (once), Here (once, where the script runs: a remote session
    # has no right to ask the directory), Node (on each). One: an object, not a list of them. Keep: the
    # properties to write; @{ Name = ... } keeps those of a nested object. A property that this
    # version doesn't have is left out.
    $table = @(
        @{
            Scope = 'Cluster'; Section = 'Get-Cluster'; One = $true
            Read = { Get-Cluster }
            Keep = 'Name', 'Id', 'Domain', 'ClusterFunctionalLevel',
                'SameSubnetDelay', 'SameSubnetThreshold', 'CrossSubnetDelay', 'CrossSubnetThreshold',
                'CrossSiteDelay', 'CrossSiteThreshold', 'RouteHistoryLength',
                'PlumbAllCrossSubnetRoutes', 'NetftIPSecEnabled', 'SecurityLevel',
                'SecurityLevelForStorage', 'S2DEnabled', 'MaximumParallelMigrations',
                'SetSMBBandwidthLimit', 'SMBBandwidthLimitFactor'
        }
        @{
            Scope = 'Cluster'; Section = 'Get-ClusterNode'
            Read = { Get-ClusterNode }
            Keep = 'Name', 'Id', 'State', 'DrainStatus', 'FaultDomain', 'MajorVersion',
                'MinorVersion', 'BuildNumber', 'CSDVersion'
        }
        @{
            Scope = 'Cluster'; Section = 'Get-ClusterNetwork'
            Read = { Get-ClusterNetwork }
            Keep = 'Name', 'Id', 'State', 'Role', 'Metric', 'AutoMetric', 'Address', 'AddressMask',
                'Ipv4Addresses', 'Ipv4PrefixLengths', 'Ipv6Addresses', 'Ipv6PrefixLengths',
                'Description', 'LinkSpeed', 'RdmaCapable', 'RssCapable'
        }
        @{
            Scope = 'Cluster'; Section = 'Get-ClusterNetworkInterface'
            Read = { Get-ClusterNetworkInterface }
            Keep = 'Name', 'Id', 'Node', 'Network', 'State', 'Adapter', 'AdapterId', 'Address',
                'Ipv4Addresses', 'Ipv6Addresses', 'DhcpEnabled', 'Description'
        }
        @{
            # Every parameter is asked for and ours are picked: naming one that was never set may fail.
            Scope = 'Cluster'; Section = 'Get-ClusterParameter'
            Read = {
                Get-ClusterResourceType -Name 'Virtual Machine' | Get-ClusterParameter |
                    Where-Object { $_.Name -in 'MigrationNetworkOrder', 'MigrationExcludeNetworks' }
            }
            Keep = 'Name', 'Value'
        }
        @{
            # Redirected volumes send their traffic over the same networks.
            Scope = 'Cluster'; Section = 'Get-ClusterSharedVolumeState'
            Read = { Get-ClusterSharedVolume | Get-ClusterSharedVolumeState }
            Keep = 'Name', 'Node', 'StateInfo', 'FileSystemRedirectedIOReason',
                'BlockRedirectedIOReason'
        }
        @{
            Scope = 'Here'; Section = 'Get-ADComputer'
            Read = { $Hosts | ForEach-Object { Get-Delegation $_ } }
            Keep = 'Name', 'DNSHostName', 'TrustedForDelegation', 'TrustedToAuthForDelegation',
                'msDS-AllowedToDelegateTo', 'HasResourceBasedDelegation'
        }
        @{
            Scope = 'Node'; Section = 'Win32_OperatingSystem'; One = $true
            Read = {
                $release = Get-ItemProperty -Path 'HKLM:\SOFTWARE\Microsoft\Windows NT\CurrentVersion'
                $properties = 'Caption', 'Version', 'BuildNumber', 'LastBootUpTime',
                    @{ Name = 'UBR'; Expression = { $release.UBR } },
                    @{ Name = 'DisplayVersion'; Expression = { $release.DisplayVersion } },
                    @{ Name = 'InstallationType'; Expression = { $release.InstallationType } }
                Get-CimInstance -ClassName Win32_OperatingSystem |
                    Select-Object -Property $properties
            }
            Keep = 'Caption', 'Version', 'BuildNumber', 'UBR', 'DisplayVersion', 'InstallationType',
                'LastBootUpTime'
        }
        @{
            Scope = 'Node'; Section = 'Win32_ComputerSystem'; One = $true
            Read = { Get-CimInstance -ClassName Win32_ComputerSystem }
            Keep = 'Name', 'DNSHostName', 'Domain', 'PartOfDomain', 'Manufacturer', 'Model',
                'HypervisorPresent', 'TotalPhysicalMemory'
        }
        @{
            # SecurityServicesRunning holds 1 where Credential Guard runs: it stops CredSSP.
            Scope = 'Node'; Section = 'Win32_DeviceGuard'; One = $true
            Read = {
                Get-CimInstance -Namespace root\Microsoft\Windows\DeviceGuard `
                    -ClassName Win32_DeviceGuard
            }
            Keep = 'SecurityServicesConfigured', 'SecurityServicesRunning',
                'VirtualizationBasedSecurityStatus'
        }
        @{
            # The agent of System Center Virtual Machine Manager, which sets back what it manages.
            Scope = 'Node'; Section = 'Get-Service'
            Read = { Get-Service | Where-Object { $_.Name -eq 'SCVMMAgent' } }
            Keep = 'Name', 'Status', 'StartType'
        }
        @{
            Scope = 'Node'; Section = 'PSVersionTable'; One = $true
            Read = { New-Object -TypeName PSObject -Property $PSVersionTable }
            Keep = 'PSVersion', 'PSEdition', 'CLRVersion', 'WSManStackVersion'
        }
        @{
            Scope = 'Node'; Section = 'Get-VMHost'; One = $true
            Read = { Get-VMHost }
            Keep = 'Name', 'ComputerName', 'FullyQualifiedDomainName',
                'VirtualMachineMigrationEnabled', 'VirtualMachineMigrationAuthenticationType',
                'VirtualMachineMigrationPerformanceOption', 'UseAnyNetworkForMigration',
                'MaximumVirtualMachineMigrations', 'MaximumStorageMigrations',
                'LogicalProcessorCount', 'MemoryCapacity', 'NumaSpanningEnabled', 'IovSupport'
        }
        @{
            Scope = 'Node'; Section = 'Get-VMMigrationNetwork'
            Read = { Get-VMMigrationNetwork }
            Keep = 'Subnet', 'Priority', 'ComputerName'
        }
        @{
            # Get-VMMigrationNetwork shows only what a user entered; here is also what the cluster set.
            Scope = 'Node'; Section = 'Msvm_VirtualSystemMigrationNetworkSettingData'
            Read = {
                Get-CimInstance -Namespace root\virtualization\v2 `
                    -ClassName Msvm_VirtualSystemMigrationNetworkSettingData
            }
            Keep = 'SubnetNumber', 'PrefixLength', 'Metric', 'Tags'
        }
        @{
            Scope = 'Node'; Section = 'Msvm_VirtualSystemMigrationService'; One = $true
            Read = {
                Get-CimInstance -Namespace root\virtualization\v2 `
                    -ClassName Msvm_VirtualSystemMigrationService
            }
            Keep = 'MigrationServiceListenerIPAddressList', 'ActiveVirtualSystemMigrationCount',
                'ActiveStorageMigrationCount'
        }
        @{
            Scope = 'Node'; Section = 'Msvm_VirtualSystemMigrationServiceSettingData'; One = $true
            Read = {
                Get-CimInstance -Namespace root\virtualization\v2 `
                    -ClassName Msvm_VirtualSystemMigrationServiceSettingData
            }
            Keep = 'EnableVirtualSystemMigration', 'EnableCompression', 'EnableSmbTransport',
                'AuthenticationType', 'MaximumActiveVirtualSystemMigration',
                'MaximumActiveStorageMigration'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetAdapter'
            Read = { Get-NetAdapter }
            Keep = 'Name', 'InterfaceDescription', 'InterfaceIndex', 'InterfaceGuid', 'Status',
                'MediaConnectionState', 'MacAddress', 'LinkSpeed', 'ReceiveLinkSpeed',
                'TransmitLinkSpeed', 'MtuSize', 'VlanID', 'Virtual', 'HardwareInterface',
                'PhysicalMediaType', 'DriverProvider', 'DriverVersionString'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetIPAddress'
            Read = { Get-NetIPAddress }
            Keep = 'IPAddress', 'PrefixLength', 'InterfaceIndex', 'InterfaceAlias', 'AddressFamily',
                'AddressState', 'PrefixOrigin', 'SuffixOrigin', 'SkipAsSource', 'PolicyStore'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetIPInterface'
            Read = { Get-NetIPInterface }
            Keep = 'InterfaceIndex', 'InterfaceAlias', 'AddressFamily', 'InterfaceMetric',
                'AutomaticMetric', 'NlMtu', 'Dhcp', 'ConnectionState', 'Forwarding', 'WeakHostSend',
                'WeakHostReceive'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetConnectionProfile'
            Read = { Get-NetConnectionProfile }
            Keep = 'InterfaceAlias', 'InterfaceIndex', 'NetworkCategory'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetAdapterStatistics'
            Read = { Get-NetAdapterStatistics }
            Keep = 'Name', 'InterfaceDescription', 'InstanceID', 'ReceivedBytes', 'SentBytes',
                'ReceivedUnicastBytes', 'SentUnicastBytes', 'ReceivedDiscardedPackets',
                'ReceivedPacketErrors', 'OutboundDiscardedPackets', 'OutboundPacketErrors',
                'SupportedStatistics', @{ RdmaStatistics = $rdmaCounters }
        }
        @{
            Scope = 'Node'; Section = 'Get-NetAdapterRdma'
            Read = { Get-NetAdapterRdma }
            Keep = 'Name', 'InterfaceDescription', 'Enabled', 'Operational', 'PFC', 'ETS',
                @{ RdmaAdapterInfo = 'RdmaTechnology' }, @{ RdmaMissingCounterInfo = $rdmaCounters }
        }
        @{
            Scope = 'Node'; Section = 'Get-NetAdapterAdvancedProperty'
            Read = {
                Get-NetAdapterAdvancedProperty |
                    Where-Object {
                        $_.RegistryKeyword -in '*JumboPacket', '*NetworkDirect',
                            '*NetworkDirectTechnology', '*PriorityVLANTag', 'VlanID'
                    }
            }
            Keep = 'Name', 'InterfaceDescription', 'DisplayName', 'DisplayValue', 'RegistryKeyword',
                'RegistryValue'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetAdapterRss'
            Read = { Get-NetAdapterRss }
            Keep = 'Name', 'InterfaceDescription', 'Enabled', 'Profile', 'NumberOfReceiveQueues',
                'BaseProcessorGroup', 'BaseProcessorNumber', 'MaxProcessorGroup',
                'MaxProcessorNumber', 'MaxProcessors', 'NumaNode'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetAdapterBinding'
            Read = {
                Get-NetAdapterBinding |
                    Where-Object { $_.ComponentID -in 'ms_msclient', 'ms_server' }
            }
            Keep = 'Name', 'InterfaceDescription', 'ComponentID', 'DisplayName', 'Enabled'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetOffloadGlobalSetting'; One = $true
            Read = { Get-NetOffloadGlobalSetting }
            Keep = 'ReceiveSideScaling', 'ReceiveSegmentCoalescing', 'Chimney', 'TaskOffload',
                'NetworkDirect', 'NetworkDirectAcrossIPSubnets'
        }
        @{
            Scope = 'Node'; Section = 'Get-VMNetworkAdapter'
            Read = { Get-VMNetworkAdapter -ManagementOS }
            Keep = 'Name', 'DeviceId', 'AdapterId', 'MacAddress', 'SwitchName', 'SwitchId', 'Status',
                'BandwidthPercentage', 'VMQWeight', 'RdmaWeight', 'VrssEnabled', 'AllowTeaming',
                @{
                    BandwidthSetting = 'MinimumBandwidthAbsolute', 'MinimumBandwidthWeight',
                        'MaximumBandwidth'
                }
        }
        @{
            Scope = 'Node'; Section = 'Get-VMNetworkAdapterVlan'
            Read = { Get-VMNetworkAdapterVlan -ManagementOS }
            Keep = 'ParentAdapter', 'OperationMode', 'AccessVlanId', 'NativeVlanId',
                'AllowedVlanIdListString'
        }
        @{
            Scope = 'Node'; Section = 'Get-VMNetworkAdapterTeamMapping'
            Read = { Get-VMNetworkAdapterTeamMapping -ManagementOS }
            Keep = 'ParentAdapter', 'NetAdapterName', 'NetAdapterDeviceId', 'DisableOnFailover'
        }
        @{
            Scope = 'Node'; Section = 'Get-VMSwitch'
            Read = { Get-VMSwitch }
            Keep = 'Name', 'Id', 'SwitchType', 'AllowManagementOS', 'EmbeddedTeamingEnabled',
                'NetAdapterInterfaceDescription', 'NetAdapterInterfaceDescriptions',
                'NetAdapterInterfaceGuid', 'BandwidthReservationMode',
                'DefaultFlowMinimumBandwidthAbsolute', 'DefaultFlowMinimumBandwidthWeight',
                'IovEnabled', 'PacketDirectEnabled', 'SoftwareRscEnabled'
        }
        @{
            Scope = 'Node'; Section = 'Get-VMSwitchTeam'
            Read = { Get-VMSwitchTeam }
            Keep = 'Name', 'Id', 'TeamingMode', 'LoadBalancingAlgorithm',
                'NetAdapterInterfaceDescription', 'NetAdapterInterfaceGuid'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetLbfoTeam'
            Read = { Get-NetLbfoTeam }
            Keep = 'Name', 'Members', 'TeamNics', 'TeamingMode', 'LoadBalancingAlgorithm', 'Status'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetLbfoTeamNic'
            Read = { Get-NetLbfoTeamNic }
            Keep = 'Name', 'Team', 'InterfaceDescription', 'VlanID', 'Primary', 'Default'
        }
        @{
            Scope = 'Node'; Section = 'Get-SmbClientNetworkInterface'
            Read = { Get-SmbClientNetworkInterface }
            Keep = 'InterfaceIndex', 'FriendlyName', 'LinkSpeed', 'RssCapable', 'RdmaCapable',
                'IpAddresses'
        }
        @{
            Scope = 'Node'; Section = 'Get-SmbMultichannelConnection'
            Read = {
                Get-SmbMultichannelConnection -IncludeNotSelected
                foreach ($instance in 'CSV', 'SBL', 'SR') {
                    try {
                        Get-SmbMultichannelConnection -IncludeNotSelected -SmbInstance $instance
                    } catch [System.Management.Automation.ParameterBindingException] {
                        # This version knows no such instance, so nothing runs in it.
                        continue
                    }
                }
            }
            Keep = 'ServerName', 'SmbInstance', 'Selected', 'Failed', 'FailureCount',
                'ClientIpAddress', 'ServerIpAddress', 'ClientInterfaceIndex', 'ServerInterfaceIndex',
                'ClientInterfaceFriendlyName', 'ClientLinkSpeed', 'ServerLinkSpeed',
                'ClientRSSCapable', 'ServerRSSCapable', 'ClientRdmaCapable', 'ServerRdmaCapable',
                'CurrentChannels', 'MaxChannels', 'TcpConnectionCount'
        }
        @{
            Scope = 'Node'; Section = 'Get-SmbMultichannelConstraint'
            Read = { Get-SmbMultichannelConstraint }
            Keep = 'ServerName', 'InterfaceIndex', 'InterfaceAlias', 'InterfaceGuid'
        }
        @{
            Scope = 'Node'; Section = 'Get-SmbBandwidthLimit'
            Read = { Get-SmbBandwidthLimit }
            Keep = 'Category', 'BytesPerSecond'
        }
        @{
            Scope = 'Node'; Section = 'Get-SmbServerConfiguration'; One = $true
            Read = { Get-SmbServerConfiguration }
            Keep = 'EncryptData', 'RejectUnencryptedAccess', 'RequireSecuritySignature',
                'EnableSecuritySignature', 'EnableMultiChannel', 'EnableSMBQUIC',
                'DisableCompression', 'RequestCompression'
        }
        @{
            Scope = 'Node'; Section = 'Get-SmbClientConfiguration'; One = $true
            Read = { Get-SmbClientConfiguration }
            Keep = 'EnableMultiChannel', 'RequireEncryption', 'RequireSecuritySignature',
                'EnableSecuritySignature', 'ConnectionCountPerRssNetworkInterface',
                'ConnectionCountPerRdmaNetworkInterface', 'MaximumConnectionCountPerServer',
                'DisableCompression', 'RequestCompression'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetFirewallProfile'
            Read = { Get-NetFirewallProfile -PolicyStore ActiveStore }
            Keep = 'Name', 'Enabled', 'DefaultInboundAction', 'AllowInboundRules'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetFirewallRule'
            Read = { Get-MigrationFirewallRule }
            Keep = 'Name', 'DisplayName', 'Enabled', 'Direction', 'Action', 'Profile',
                'PolicyStoreSourceType', 'Protocol', 'LocalPort', 'LocalAddress', 'RemoteAddress',
                'InterfaceAlias', 'Program'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetIPsecRule'
            Read = {
                $of = ConvertTo-Lookup @(Get-NetFirewallAddressFilter -PolicyStore ActiveStore)
                $properties = 'Name', 'DisplayName', 'Enabled', 'Profile', 'Mode',
                    'InboundSecurity', 'OutboundSecurity', 'PolicyStoreSourceType',
                    @{ Name = 'LocalAddress'; Expression = { $of[$_.InstanceID].LocalAddress } },
                    @{ Name = 'RemoteAddress'; Expression = { $of[$_.InstanceID].RemoteAddress } }
                Get-NetIPsecRule -PolicyStore ActiveStore | Select-Object -Property $properties
            }
            Keep = 'Name', 'DisplayName', 'Enabled', 'Profile', 'Mode', 'InboundSecurity',
                'OutboundSecurity', 'PolicyStoreSourceType', 'LocalAddress', 'RemoteAddress'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetQosPolicy'
            Read = { Get-NetQosPolicy -PolicyStore ActiveStore }
            Keep = 'Name', 'Owner', 'NetworkProfile', 'Precedence', 'TemplateMatchCondition',
                'AppPathNameMatchCondition', 'IPProtocolMatchCondition', 'IPPortMatchCondition',
                'IPDstPortStartMatchCondition', 'IPDstPortEndMatchCondition',
                'IPDstPrefixMatchCondition', 'NetDirectPortMatchCondition', 'ThrottleRateAction',
                'MinBandwidthWeightAction', 'DSCPAction', 'PriorityValue8021Action'
        }
        @{
            # SMB's and RDMA's connections are the kernel's and show up nowhere here.
            Scope = 'Node'; Section = 'Get-NetTCPConnection'
            Read = {
                $vmms = @(Get-Process -Name vmms | ForEach-Object { $_.Id })
                Get-NetTCPConnection | Where-Object { $vmms -contains $_.OwningProcess }
            }
            Keep = 'LocalAddress', 'LocalPort', 'RemoteAddress', 'RemotePort', 'State',
                'OwningProcess', 'CreationTime'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetIntent'
            Read = { Get-NetIntent }
            Keep = 'IntentName', 'Scope', 'IntentType', 'IsManagementIntentSet',
                'IsComputeIntentSet', 'IsStorageIntentSet', 'IsStretchIntentSet',
                'NetAdapterNamesAsList', 'ManagementVLAN', 'StorageVLANs'
        }
        @{
            Scope = 'Node'; Section = 'Get-NetIntent -GlobalOverrides'
            Read = { Get-NetIntent -GlobalOverrides }
            Keep = @{
                ClusterOverride = 'EnableNetworkNaming', 'EnableLiveMigrationNetworkSelection',
                    'EnableVirtualMachineMigrationPerformanceSelection',
                    'VirtualMachineMigrationPerformanceOption', 'MaximumVirtualMachineMigrations',
                    'MaximumSMBMigrationBandwidthInGbps'
            }
        }
    )

    # One value as JSON can hold it: a number, a truth value, text or nothing. Enumerations give their
    # name, dates RFC 3339 in UTC, other objects (a cluster network, an adapter) their name.
    function ConvertTo-Scalar($Value) {
        if ($null -eq $Value) {
            return $null
        }
        $base = $Value.PSObject.BaseObject
        if ($base -is [datetime]) {
            $culture = [System.Globalization.CultureInfo]::InvariantCulture
            return $base.ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss.fffZ', $culture)
        }
        if ($base.GetType().IsPrimitive -or $base -is [decimal]) {
            return $base
        }
        $name = $null
        if ($base -isnot [string] -and $base -isnot [valuetype]) {
            $name = $Value.PSObject.Properties['Name']
        }
        if ($null -ne $name) {
            return [string]$name.Value
        }
        return $base.ToString()
    }

    # An object reduced to the properties named. Lists are new plain arrays on purpose: Windows
    # PowerShell writes one that has passed a pipeline as {"value":[...],"Count":n}.
    function ConvertTo-Plain($Object, $Keep) {
        $plain = [ordered]@{}
        foreach ($want in $Keep) {
            if ($want -is [hashtable]) {
                foreach ($name in $want.Keys) {
                    $property = $Object.PSObject.Properties[$name]
                    if ($null -ne $property -and $null -ne $property.Value) {
                        $nested = ConvertTo-Plain $property.Value $want[$name]
                        if ($nested.Count -gt 0) {
                            $plain[$name] = $nested
                        }
                    }
                }
                continue
            }
            $property = $Object.PSObject.Properties[$want]
            if ($null -eq $property) {
                continue
            }
            try {
                $value = $property.Value
            } catch {
                continue # some getters ask the provider again, which may fail; unknown, then
            }
            if ($value -is [System.Collections.IEnumerable] -and $value -isnot [string]) {
                $plain[$want] = [object[]]@(foreach ($item in $value) { ConvertTo-Scalar $item })
            } else {
                $plain[$want] = ConvertTo-Scalar $value
            }
        }
        return $plain
    }

    function ConvertTo-Lookup($Objects) {
        $lookup = @{}
        foreach ($object in $Objects) {
            $lookup[$object.InstanceID] = $object
        }
        return $lookup
    }

    # Whether a port filter speaks of one of the three ports: by number or range, or because it
    # leaves ports and program open.
    function Test-MigrationPort($Filter, $Application) {
        if ([string]$Filter.Protocol -notin 'TCP', '6', 'Any') {
            return $false
        }
        foreach ($port in @($Filter.LocalPort) -split ',') {
            if ($port -eq 'Any') {
                return $null -ne $Application -and [string]$Application.Program -eq 'Any' -and
                    [string]::IsNullOrEmpty([string]$Application.Package)
            }
            if ($port -match '^[0-9]+(-[0-9]+)?$') {
                $ends = $port -split '-'
                foreach ($ours in 445, 5445, 6600) {
                    if ([int]$ends[0] -le $ours -and $ours -le [int]$ends[-1]) {
                        return $true
                    }
                }
            }
        }
        return $false
    }

    # Inbound rules with their filters. The filters are read at once and joined by InstanceID, since
    # asking for those of one rule takes a tenth of a second, of hundreds of rules a minute.
    function Get-MigrationFirewallRule {
        $rules = ConvertTo-Lookup @(Get-NetFirewallRule -PolicyStore ActiveStore |
                Where-Object { [string]$_.Direction -eq 'Inbound' })
        $addresses = ConvertTo-Lookup @(Get-NetFirewallAddressFilter -PolicyStore ActiveStore)
        $interfaces = ConvertTo-Lookup @(Get-NetFirewallInterfaceFilter -PolicyStore ActiveStore)
        $programs = ConvertTo-Lookup @(Get-NetFirewallApplicationFilter -PolicyStore ActiveStore)
        foreach ($filter in @(Get-NetFirewallPortFilter -PolicyStore ActiveStore)) {
            $id = $filter.InstanceID
            if (-not $rules.ContainsKey($id) -or -not (Test-MigrationPort $filter $programs[$id])) {
                continue
            }
            $rule = $rules[$id]
            New-Object -TypeName PSObject -Property @{
                Name = $rule.Name
                DisplayName = $rule.DisplayName
                Enabled = $rule.Enabled
                Direction = $rule.Direction
                Action = $rule.Action
                Profile = $rule.Profile
                PolicyStoreSourceType = $rule.PolicyStoreSourceType
                Protocol = $filter.Protocol
                LocalPort = $filter.LocalPort
                LocalAddress = $addresses[$id].LocalAddress
                RemoteAddress = $addresses[$id].RemoteAddress
                InterfaceAlias = $interfaces[$id].InterfaceAlias
                Program = $programs[$id].Program
            }
        }
    }

    # What Kerberos migration needs of a computer account, asked over LDAP: the module with
    # Get-ADComputer is seldom on a Hyper-V host. Entries of other services are nobody's business.
    function Get-Delegation($Name) {
        $short = ($Name -split '\.')[0] -replace '[^A-Za-z0-9_-]', ''
        $searcher = New-Object -TypeName System.DirectoryServices.DirectorySearcher
        $searcher.Filter = '(&(objectCategory=computer)(sAMAccountName={0}$))' -f $short
        $found = $searcher.FindOne()
        if ($null -eq $found) {
            Write-Error -Message "no computer account '$short' in this computer's domain"
            return
        }
        $account = $found.Properties
        $acting = $account['msds-allowedtoactonbehalfofotheridentity']
        $flags = 0
        foreach ($value in $account['useraccountcontrol']) {
            $flags = [int]$value
        }
        New-Object -TypeName PSObject -Property @{
            'Name' = $short
            'DNSHostName' = [string]($account['dnshostname'] | Select-Object -First 1)
            'TrustedForDelegation' = ($flags -band 0x80000) -ne 0
            'TrustedToAuthForDelegation' = ($flags -band 0x1000000) -ne 0
            'msDS-AllowedToDelegateTo' = @($account['msds-allowedtodelegateto'] | Where-Object {
                    $_ -like 'cifs/*' -or $_ -like 'Microsoft Virtual System Migration Service/*'
                })
            'HasResourceBasedDelegation' = $acting.Count -gt 0
        }
    }

    # One result for the caller: flat, all text. Message is null when Json holds the section.
    function New-Result($Section, $Json, $Message) {
        New-Object -TypeName PSObject -Property @{
            Scope = $Scope
            Node = $env:COMPUTERNAME
            Section = $Section
            Json = $Json
            Message = $Message
        }
    }

    foreach ($row in $table) {
        if ($row['Scope'] -ne $Scope) {
            continue
        }
        try {
            $output = @(& $row['Read'] 2>&1)
        } catch {
            $output = @($_)
        }
        try {
            $found = @($output | Where-Object {
                    $null -ne $_ -and $_ -isnot [System.Management.Automation.ErrorRecord]
                })
            # "No matching objects" is an answer: there are none.
            $failures = @($output | Where-Object {
                    $_ -is [System.Management.Automation.ErrorRecord] -and
                    $_.FullyQualifiedErrorId -notlike 'CmdletizationQuery_NotFound*'
                })
            foreach ($failure in $failures) {
                New-Result $row['Section'] $null $failure.Exception.Message
            }
            if ($found.Count -eq 0 -and ($failures.Count -gt 0 -or $row['One'])) {
                if ($failures.Count -eq 0) {
                    New-Result $row['Section'] $null 'returned nothing'
                }
                continue
            }
            $plain = [object[]]@(foreach ($object in $found) {
                    ConvertTo-Plain $object $row['Keep']
                })
            if ($row['One']) {
                $json = ConvertTo-Json -InputObject $plain[0] -Depth 8 -Compress
            } else {
                $json = ConvertTo-Json -InputObject $plain -Depth 8 -Compress
            }
            New-Result $row['Section'] $json $null
        } catch {
            New-Result $row['Section'] $null $_.Exception.Message
        }
    }
}

# Runs the reader in $Session, or in this process when there is none.
function Invoke-Reader($Session, $Scope, $Hosts) {
    if ($null -eq $Session) {
        & $collect $Scope $Hosts
    } else {
        Invoke-Command -Session $Session -ScriptBlock $collect -ArgumentList $Scope, $Hosts
    }
}

function New-Row($Scope, $Name, $Section, $Json, $Message) {
    New-Object -TypeName PSObject -Property @{
        Scope = $Scope
        Node = $Name
        Section = $Section
        Json = $Json
        Message = $Message
    }
}

# How far the session's clock is ahead of this one: its time now, against the middle between asking
# and hearing. The sample that took the shortest has the least room for error.
function Measure-Clock($Session) {
    $best = $null
    foreach ($sample in 1, 2, 3, 4, 5) {
        $asked = [datetime]::UtcNow
        $watch = [System.Diagnostics.Stopwatch]::StartNew()
        $ticks = [long](Invoke-Command -Session $Session -ErrorAction Stop -ScriptBlock {
                [datetime]::UtcNow.Ticks
            })
        $trip = $watch.Elapsed
        if ($null -eq $best -or $trip.Ticks -lt $best.Trip.Ticks) {
            $best = @{ Trip = $trip; Ticks = $ticks - $asked.Ticks - $trip.Ticks / 2 }
        }
    }
    return [ordered]@{
        OffsetMilliseconds = [math]::Round($best.Ticks / 10000, 1)
        UncertaintyMilliseconds = [math]::Round($best.Trip.TotalMilliseconds / 2, 1)
        RelativeTo = $env:COMPUTERNAME
    }
}

function Test-Here($Name) {
    return ($Name -split '\.')[0] -eq $env:COMPUTERNAME -or $Name -in 'localhost', '.'
}

function ConvertTo-JsonText($Text) {
    return ConvertTo-Json -InputObject ([string]$Text) -Compress
}

# '"Get-VMHost": {...}' for each section, one a line.
function Format-Section($Rows, $Indent) {
    $lines = foreach ($row in $Rows) {
        $Indent + (ConvertTo-JsonText $row.Section) + ': ' + $row.Json
    }
    return @($lines) -join ",`n"
}

$here = $null
$sessions = @()
$activity = 'lmpath snapshot'
$collected = [datetime]::UtcNow
$path = $ExecutionContext.SessionState.Path.GetUnresolvedProviderPathFromPSPath($OutputPath)

try {
    if ($PSVersionTable['PSEdition'] -eq 'Core') {
        $here = New-PSSession -UseWindowsPowerShell -ErrorAction Stop
    }

    $rows = @()
    $targets = @($ComputerName | Select-Object -Unique)
    if ($PSCmdlet.ParameterSetName -eq 'Cluster') {
        Write-Progress -Activity $activity -Status 'cluster'
        $rows += @(Invoke-Reader $here 'Cluster')
        $targets = @($Node | Select-Object -Unique)
        if (-not $Node) {
            $known = @($rows | Where-Object { $_.Section -eq 'Get-ClusterNode' -and $_.Json })
            $targets = @($known | ForEach-Object { ConvertFrom-Json -InputObject $_.Json } |
                    ForEach-Object { $_ } | ForEach-Object { [string]$_.Name })
        }
        if ($targets.Count -eq 0) {
            $targets = @($env:COMPUTERNAME) # no cluster here: this host is all there is to read
        }
    }

    Write-Progress -Activity $activity -Status 'computer accounts'
    $rows += @(Invoke-Reader $here 'Here' $targets)

    $others = @($targets | Where-Object { -not (Test-Here $_) })
    if ($others.Count -gt 0) {
        Write-Progress -Activity $activity -Status "connecting to $($others.Count) hosts"
        $connect = @{
            ComputerName = $others
            SessionOption = New-PSSessionOption -OpenTimeout 20000
            ErrorAction = 'SilentlyContinue'
            ErrorVariable = 'refused'
        }
        if ($Credential -ne [System.Management.Automation.PSCredential]::Empty) {
            $connect['Credential'] = $Credential
        }
        $refused = @()
        $sessions = @(New-PSSession @connect)
        foreach ($name in $others) {
            if (@($sessions | Where-Object { $_.ComputerName -eq $name }).Count -eq 0) {
                $pattern = '(^|[^\w.-])' + [regex]::Escape($name) + '($|[^\w.-])'
                $why = @($refused | Where-Object { [string]$_ -match $pattern })
                $why += 'no remoting session could be opened'
                $rows += New-Row 'Node' $name 'New-PSSession' $null ([string]$why[0])
            }
        }
    }

    if (@($targets | Where-Object { Test-Here $_ }).Count -gt 0) {
        $rows += @(Invoke-Reader $here 'Node' | ForEach-Object {
                Write-Progress -Activity $activity -Status "$($_.Node): $($_.Section)"
                $_
            })
        $clock = [ordered]@{ OffsetMilliseconds = 0; UncertaintyMilliseconds = 0 }
        $clock['RelativeTo'] = $env:COMPUTERNAME
        $rows += New-Row 'Node' $env:COMPUTERNAME 'Clock' (ConvertTo-Json $clock -Compress) $null
    }

    if ($sessions.Count -gt 0) {
        # All hosts at once; their sections arrive as they are read.
        $remote = @(Invoke-Command -Session $sessions -ScriptBlock $collect -ArgumentList 'Node' `
                -ErrorAction SilentlyContinue | ForEach-Object {
                Write-Progress -Activity $activity -Status "$($_.Node): $($_.Section)"
                $_
            })
        $rows += $remote
        foreach ($session in $sessions) {
            $answers = @($remote | Where-Object { $_.PSComputerName -eq $session.ComputerName })
            if ($answers.Count -eq 0 -or [string]$session.State -ne 'Opened') {
                $rows += New-Row 'Node' $session.ComputerName 'Invoke-Command' $null `
                    'the session ended before everything was read'
                continue
            }
            try {
                $json = ConvertTo-Json -InputObject (Measure-Clock $session) -Compress
                $rows += New-Row 'Node' $answers[0].Node 'Clock' $json $null
            } catch {
                $rows += New-Row 'Node' $answers[0].Node 'Clock' $null $_.Exception.Message
            }
        }
    }
} finally {
    Write-Progress -Activity $activity -Completed
    foreach ($session in @($here) + $sessions) {
        if ($null -ne $session) {
            Remove-PSSession -Session $session
        }
    }
}

$read = @($rows | Where-Object { $_.Json })
$failed = @($rows | Where-Object { -not $_.Json })
if ($read.Count -eq 0) {
    throw "nothing could be read; the first reason: $($failed[0].Message)"
}

$blocks = @(
    '  "schema": "lmpath.snapshot/1"'
    '  "Collected": "{0}"' -f $collected.ToString('yyyy-MM-ddTHH:mm:ssZ',
        [System.Globalization.CultureInfo]::InvariantCulture)
    '  "CollectedOn": ' + (ConvertTo-JsonText $env:COMPUTERNAME)
)
$shared = @($read | Where-Object { $_.Scope -ne 'Node' })
if ($shared.Count -gt 0) {
    $blocks += Format-Section $shared '  '
}
$names = @($read | Where-Object { $_.Scope -eq 'Node' } | ForEach-Object { $_.Node } |
        Sort-Object -Unique)
$nodeBlocks = foreach ($name in $names) {
    $own = @($read | Where-Object { $_.Scope -eq 'Node' -and $_.Node -eq $name })
    '    ' + (ConvertTo-JsonText $name) + ": {`n" + (Format-Section $own '      ') + "`n    }"
}
$blocks += "  ""Nodes"": {`n" + (@($nodeBlocks) -join ",`n") + "`n  }"
$errorBlocks = foreach ($row in $failed) {
    '    { "Node": ' + (ConvertTo-JsonText $row.Node) +
        ', "Cmdlet": ' + (ConvertTo-JsonText $row.Section) +
        ', "Message": ' + (ConvertTo-JsonText ($row.Message -replace '\s+', ' ')) + ' }'
}
$blocks += "  ""Errors"": [`n" + (@($errorBlocks) -join ",`n") + "`n  ]"

# Not Out-File and not Set-Content: their encodings differ between the editions.
$utf8 = New-Object -TypeName System.Text.UTF8Encoding -ArgumentList $false
[System.IO.File]::WriteAllText($path, "{`n" + ($blocks -join ",`n") + "`n}`n", $utf8)
if ($failed.Count -gt 0) {
    Write-Warning "$($failed.Count) sections could not be read; see Errors in $path"
}
Get-Item -LiteralPath $path
