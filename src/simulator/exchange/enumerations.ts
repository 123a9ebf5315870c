/**
 * Names of enumerations that the cmdlets' pages do not list (Exchange Server Managed API, "MigrationBatchStatus
 * enumeration", "MigrationUserStatus enumeration", "MigrationUserStatusSummary enumeration"; Exchange
 * PowerShell, New-OrganizationRelationship, MailTipsAccessLevel).
 */

export const MIGRATION_BATCH_STATUS = [
  'Created',
  'Syncing',
  'Stopping',
  'Stopped',
  'Completed',
  'Failed',
  'Removing',
  'Synced',
  'IncrementalSyncing',
  'Completing',
  'CompletedWithErrors',
  'SyncedWithErrors',
  'Corrupted',
  'Waiting',
] as const

export const MIGRATION_USER_STATUS = [
  'Queued',
  'Syncing',
  'Failed',
  'Synced',
  'IncrementalFailed',
  'Completing',
  'Completed',
  'CompletionFailed',
  'Corrupted',
  'Provisioning',
  'ProvisionUpdating',
  'CompletionSynced',
  'Validating',
  'IncrementalSyncing',
  'IncrementalSynced',
  'CompletedWithWarnings',
  'Stopped',
  'IncrementalStopped',
] as const

/** By the type that a parameter has in its cmdlet's description. */
export const ENUMERATIONS: Readonly<Record<string, readonly string[]>> = {
  MigrationBatchStatus: MIGRATION_BATCH_STATUS,
  MigrationUserStatus: MIGRATION_USER_STATUS,
  MigrationUserStatusSummary: ['Active', 'Failed', 'Synced', 'Completed', 'Stopped'],
  MailTipsAccessLevel: ['None', 'All', 'Limited'],
}
