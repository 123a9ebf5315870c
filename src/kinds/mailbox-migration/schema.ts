import { Type, type Static } from '@sinclair/typebox'
import { commonKeys, type CommonProfile } from '../../profiles/profile.ts'
import { choice, domain, guid, keys, text, variable } from '../../profiles/shapes.ts'

const flag = (description: string) => Type.Boolean({ default: false, description })

export const mailboxMigrationSchema = keys(
  {
    ...commonKeys,
    kind: Type.Literal('mailbox-migration'),
    from: keys(
      {
        tenant: text({ description: 'The tenant that mailboxes leave, as tenants.yaml names it.' }),
        group: text({
          description: 'The mail-enabled security group whose members move: the published scope.',
        }),
      },
      { description: 'What moves.' },
    ),
    to: keys(
      {
        tenant: text({ description: 'The tenant that mailboxes come to, as tenants.yaml names it.' }),
        domain: domain('The domain of their addresses there.'),
        deliveryDomain: domain('Where mail is delivered after the move, e.g. contoso.mail.onmicrosoft.com.'),
      },
      { description: 'Where it moves to.' },
    ),
    application: keys(
      {
        clientId: guid('The client id of the migration application.'),
        secretEnv: variable("The environment variable that holds the application's secret."),
        rotate: flag('Write the secret to the endpoint anew.'),
      },
      { description: 'The app that Exchange moves mailboxes with.' },
    ),
    endpoint: text({ description: 'The name of the migration endpoint in the target.' }),
    external: choice(['primary', 'onmicrosoft'], {
      default: 'primary',
      description: 'The source address that the mail user in the target forwards to.',
    }),
    batch: keys(
      {
        name: text({ description: 'Members that come later go into <name>-2, and so on.' }),
        autoStart: flag('Start the batch when it is made.'),
        autoComplete: flag('Complete it as soon as it is synchronized; completeAfter wins.'),
        completeAfter: Type.Optional(
          text({
            format: 'date-time',
            description: 'When to complete it, e.g. 2026-12-01T20:00:00Z.',
            errorMessage: 'a time like 2026-12-01T20:00:00Z',
          }),
        ),
        notify: Type.Optional(text({ description: 'A mail address that is told how it goes.' })),
      },
      { description: 'The migration batch that is made of those who are ready.' },
    ),
  },
  { description: 'Mailboxes moved from one tenant to another.' },
)

export type MailboxMigrationProfile = Static<typeof mailboxMigrationSchema>

export function isMigration(profile: CommonProfile): profile is MailboxMigrationProfile {
  return profile.kind === 'mailbox-migration'
}
