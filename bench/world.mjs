// A source tenant with so many people, and a target that holds their contacts but for a few: what a
// large group of companies looks like on an ordinary day.
export const TENANTS = {
  fabrikam: {
    tenantId: '6b0f8c1e-0000-4000-8000-00000000000a',
    clientId: '1d2e3f40-0000-4000-8000-00000000000a',
  },
  contoso: {
    tenantId: '6b0f8c1e-0000-4000-8000-00000000000b',
    clientId: '1d2e3f40-0000-4000-8000-00000000000b',
  },
}

export function seed(people) {
  const users = []
  const mailContacts = []
  for (let index = 0; index < people; index++) {
    const user = person(index)
    users.push(user)
    if (index % 500 !== 0) mailContacts.push(contact(user, index))
  }
  return {
    tenants: {
      fabrikam: { ...tenant('fabrikam'), users },
      contoso: { ...tenant('contoso'), mailContacts },
    },
  }
}

function tenant(name) {
  return {
    tenantId: TENANTS[name].tenantId,
    organization: `${name}.onmicrosoft.com`,
    domains: [`${name}.com`],
    apps: [
      {
        clientId: TENANTS[name].clientId,
        permissions: name === 'fabrikam' ? ['User.Read.All'] : [],
        ...(name === 'contoso' && { exchange: { manageAsApp: true, role: 'recipient-administrator' } }),
        secret: 'a-secret-of-the-simulator',
      },
    ],
  }
}

function person(index) {
  const number = String(index).padStart(6, '0')
  return {
    id: `aaaaaaaa-0000-4000-8000-000000${number}`,
    displayName: `Jördis Példa ${number}`,
    givenName: 'Jördis',
    surname: `Példa ${number}`,
    userPrincipalName: `person${number}@fabrikam.com`,
    mail: `person${number}@fabrikam.com`,
    jobTitle: `Engineer ${index % 40}`,
    department: `Department ${index % 200}`,
    companyName: 'Fabrikam',
    officeLocation: `B ${index % 300}`,
    businessPhones: [`+49 30 ${number}`],
    mobilePhone: `+49 170 ${number}`,
    city: 'Berlin',
    postalCode: '10115',
    country: 'Germany',
  }
}

/** As tenant-sync left it; one in two hundred was edited since. */
function contact(user, index) {
  return {
    Name: `tenant-sync-${String(index).padStart(32, '0')}`,
    Alias: `tenant-sync-${String(index).padStart(32, '0')}`,
    DisplayName: user.displayName,
    ExternalEmailAddress: user.mail,
    FirstName: user.givenName,
    LastName: user.surname,
    Title: index % 200 === 1 ? 'edited' : user.jobTitle,
    Department: user.department,
    Company: user.companyName,
    Office: user.officeLocation,
    Phone: user.businessPhones[0],
    MobilePhone: user.mobilePhone,
    City: user.city,
    PostalCode: user.postalCode,
    CountryOrRegion: user.country,
    CustomAttribute15: `tenant-sync:people:${user.id}`,
  }
}
