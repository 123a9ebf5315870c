// What the wire alone costs: signs in, reads the pages that a plan reads, parses them, and counts.
const [, , select] = process.argv
const { fabrikam, contoso } = JSON.parse(process.env.BENCH_TENANTS)
const {
  TENANT_SYNC_LOGIN_URL: login,
  TENANT_SYNC_GRAPH_URL: graph,
  TENANT_SYNC_EXCHANGE_URL: exchange,
} = process.env

async function token({ tenantId, clientId }, scope) {
  const body = new URLSearchParams({
    client_id: clientId,
    client_secret: 'a-secret-of-the-simulator',
    grant_type: 'client_credentials',
    scope,
  })
  const answer = await fetch(`${login}/${tenantId}/oauth2/v2.0/token`, { method: 'POST', body })
  return (await answer.json()).access_token
}

async function users() {
  const headers = { authorization: `Bearer ${await token(fabrikam, 'https://graph.microsoft.com/.default')}` }
  let rows = 0
  for (let url = `${graph}/v1.0/users?$select=${JSON.parse(select).users}&$top=999`; url;) {
    const page = await (await fetch(url, { headers })).json()
    rows += page.value.length
    url = page['@odata.nextLink']
  }
  return rows
}

async function listing(cmdlet, properties, bearer) {
  const headers = {
    authorization: `Bearer ${await bearer}`,
    'content-type': 'application/json',
    prefer: 'odata.maxpagesize=1000',
    'x-anchormailbox': `APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}@${contoso.tenantId}`,
  }
  const body = JSON.stringify({
    CmdletInput: { CmdletName: cmdlet, Parameters: { ResultSize: 'Unlimited' } },
  })
  let rows = 0
  for (
    let url = `${exchange}/adminapi/beta/contoso.onmicrosoft.com/InvokeCommand?$select=${properties}`;
    url;
  ) {
    const answer = await fetch(url, { method: 'POST', headers, body })
    const cookie = answer.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ')
    if (cookie) headers.cookie = cookie
    const page = await answer.json()
    rows += page.value.length
    url = page['@odata.nextLink']
  }
  return rows
}

const { mailContact, contact, recipient } = JSON.parse(select)
const bearer = token(contoso, 'https://outlook.office365.com/.default')
const counts = await Promise.all([
  users(),
  listing('Get-MailContact', mailContact, bearer),
  listing('Get-Contact', contact, bearer),
])
// Asked after them, as a plan does that finds somebody new.
counts.push(await listing('Get-Recipient', recipient, bearer))
console.log(JSON.stringify(counts))
