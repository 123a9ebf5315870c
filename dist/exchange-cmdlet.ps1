<#
  Runs one cmdlet of Exchange Online that takes a secret. Exchange accepts a secret only as Microsoft's own module,
  ExchangeOnlineManagement, encrypts it; everything else tenant-sync asks of Exchange by itself. It is started as

      pwsh -NoProfile -NonInteractive -File exchange-cmdlet.ps1

  and reads one JSON object from standard input:
      { organization, tenantId, accessToken, exchangeUrl, cmdlet, parameters, secure }
  where `secure` holds the parameters that are secrets: a text, or { userName, password } for a credential.
  It writes one JSON object to standard output, { value: [...] } or { error: { code, message } }, nothing else.
  Secrets come by standard input alone, for other processes can read a command line.
#>

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'

# It is a bridge, not a shell.
$allowed = 'New-MailUser', 'New-MigrationEndpoint', 'Set-MigrationEndpoint'

# By the host of Exchange (Exchange PowerShell, "Connect-ExchangeOnline": ExchangeEnvironmentName, ConnectionUri).
$environments = @{
  'outlook.office365.com'    = 'O365Default'
  'outlook.office365.us'     = 'O365USGovGCCHigh'
  'outlook-dod.office365.us' = 'O365USGovDoD'
  'webmail.apps.mil'         = 'O365USGovDoD'
  'outlook.office365.cn'     = 'O365China'
  'partner.outlook.cn'       = 'O365China'
}

# What a new object is known by; the rest of it may be anything, and can be read afterwards.
$told = 'Identity', 'Guid', 'ExternalDirectoryObjectId', 'Name', 'PrimarySmtpAddress', 'ExternalEmailAddress'

function Write-Answer($answer) {
  # In ASCII alone, for a console may have any encoding.
  [Console]::Out.WriteLine((ConvertTo-Json $answer -Depth 4 -Compress -EscapeHandling EscapeNonAscii))
}

function ConvertTo-Secret($secret) {
  if ($secret -is [string]) { return [Net.NetworkCredential]::new('', $secret).SecurePassword }
  [pscredential]::new($secret.userName, (ConvertTo-Secret $secret.password))
}

# The code of what fails next; where there is none, the type of the error says more.
$code = 'bad-request'
try {
  # Not by the automatic variable for input, which PowerShell would read line by line.
  $request = [Console]::In.ReadToEnd() | ConvertFrom-Json -AsHashtable
  if ($request.cmdlet -notin $allowed) { throw "This bridge runs $($allowed -join ', '), and nothing else." }
  $parameters = $request.parameters
  foreach ($name in $request.secure.Keys) { $parameters[$name] = ConvertTo-Secret $request.secure[$name] }
  # A question would wait for an answer for ever.
  $parameters.Confirm = $false
  $parameters.ErrorAction = 'Stop'

  # The first version that takes an access token.
  $code = 'module-missing'
  Import-Module ExchangeOnlineManagement -MinimumVersion 3.1.0 *> $null

  $code = $null
  $connection = @{
    AccessToken  = $request.accessToken
    Organization = $request.organization
    CommandName  = $request.cmdlet
    ShowBanner   = $false
  }
  $environment = $environments[([uri] $request.exchangeUrl).Host]
  if ($environment) { $connection.ExchangeEnvironmentName = $environment }
  # Another cloud: the token is for that one, and goes nowhere else.
  else { $connection.ConnectionUri = "$($request.exchangeUrl)/powershell-liveid" }
  Connect-ExchangeOnline @connection *> $null

  # Warnings and whatever else the module has to say would stand on standard output too.
  $answer = & $request.cmdlet @parameters 3> $null 4> $null 5> $null 6> $null
  $rows = @(
    foreach ($row in $answer) {
      $plain = [ordered]@{}
      foreach ($name in $told) { if ($null -ne $row.$name) { $plain[$name] = "$($row.$name)" } }
      $plain
    }
  )
  Write-Answer @{ value = $rows }
}
catch {
  # An error of Exchange reads `<number>|<type>|<text>`, and its reason is the type without its namespace.
  if (-not $code) { $code = $_.CategoryInfo.Reason }
  Write-Answer @{ error = [ordered]@{ code = $code; message = "$_" } }
}
finally {
  # After the answer, which must not be lost to it: ends the session, and removes what the module wrote to disk.
  if (Get-Module ExchangeOnlineManagement) { try { Disconnect-ExchangeOnline -Confirm:$false *> $null } catch {} }
}
