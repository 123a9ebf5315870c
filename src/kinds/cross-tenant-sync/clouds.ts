import type { Cloud } from '../../microsoft/clouds.ts'

/** The two US government clouds are one to Entra. */
export const ENTRA_CLOUDS: Readonly<Record<Cloud, string>> = {
  global: 'commercial',
  usgov: 'US government',
  'usgov-dod': 'US government',
  china: '21Vianet',
}

/** From which cloud to which (Microsoft Entra, "Cross-tenant synchronization": supported clouds). */
export const WAYS = [
  'commercial to commercial',
  'US government to US government',
  '21Vianet to 21Vianet',
  'commercial to US government',
  'US government to commercial',
  'commercial to 21Vianet',
]
