/** What Exchange alone knows of people, as rules. */
import { openNotice } from '../../engine/notice.ts'
import { OURS_RULE, type Rule } from '../scope.ts'
import type { ExchangeView } from './exchange-view.ts'

/** Of whom Exchange does not know whether they are hidden, Graph does. */
export function visibleRule({ hidden }: ExchangeView): Rule {
  return {
    admits: (one) => !(hidden.get(one.sourced.person.id) ?? one.hidden),
    reason: ({ sourced }) =>
      openNotice(
        'hidden',
        `is hidden from address lists (${hidden.has(sourced.person.id) ? 'Exchange says so' : 'showInAddressList is false in Graph'}), and hidden is exclude`,
      ),
  }
}

/** Contacts that tenant-sync took over keep their alias, so that the mark alone tells. */
export function unmarkedRule({ marked }: ExchangeView): Rule {
  return { ...OURS_RULE, admits: ({ sourced }) => !marked.has(sourced.person.id) }
}
