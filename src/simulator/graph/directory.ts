/** Properties of a Graph object, by Graph's names. */
export type Properties = Record<string, unknown>

/** A user or group, with what Graph shows of it only when asked. */
export interface DirectoryObject {
  readonly id: string
  properties: Properties
}

/** A tenant's users and groups in Entra. Mail contacts stand in `Tenant.recipients`, and are derived from there. */
export class Directory {
  readonly #users = new Map<string, DirectoryObject>()
  readonly #groups = new Map<string, DirectoryObject>()
  readonly #userIds = new Map<string, string>()
  readonly #managers = new Map<string, string>()
  readonly #members = new Map<string, string[]>()
  readonly #deleted = new Map<string, DirectoryObject>()

  /** In the order of their creation. */
  users(): IterableIterator<DirectoryObject> {
    return this.#users.values()
  }

  groups(): IterableIterator<DirectoryObject> {
    return this.#groups.values()
  }

  get userCount(): number {
    return this.#users.size
  }

  /** @param properties by Graph's names; `id` and `userPrincipalName` are needed */
  addUser(properties: Properties & { id: string; userPrincipalName: string }): void {
    const id = properties.id.toLowerCase()
    this.#users.set(id, { id, properties: { ...properties, id } })
    this.#userIds.set(properties.userPrincipalName.toLowerCase(), id)
  }

  /**
   * Changes some properties of a user; `null` clears one.
   * @throws RangeError when there is no such user
   */
  updateUser(idOrName: string, change: Properties): void {
    const user = this.user(idOrName)
    if (!user) throw new RangeError(`no user ${idOrName}`)
    this.#userIds.delete(principalName(user))
    user.properties = { ...user.properties, ...change }
    this.#userIds.set(principalName(user), user.id)
  }

  /** Takes a user away, also from groups. Does nothing when there is none. */
  removeUser(idOrName: string): void {
    const user = this.user(idOrName)
    if (!user) return
    this.#users.delete(user.id)
    this.#userIds.delete(principalName(user))
    for (const [group, members] of this.#members) {
      this.#members.set(
        group,
        members.filter((member) => member !== user.id),
      )
    }
  }

  /** Takes a user away, who can be brought back. Does nothing when there is none. */
  softDeleteUser(idOrName: string, now: Date): void {
    const user = this.user(idOrName)
    if (!user) return
    this.removeUser(user.id)
    user.properties = { ...user.properties, deletedDateTime: now.toISOString() }
    this.#deleted.set(user.id, user)
  }

  /** Brings a soft-deleted user back, but into no group. Does nothing when there is none. */
  restoreUser(id: string): void {
    const user = this.#deleted.get(id)
    if (!user) return
    this.#deleted.delete(id)
    user.properties = { ...user.properties, deletedDateTime: null }
    this.#users.set(user.id, user)
    this.#userIds.set(principalName(user), user.id)
  }

  /** By object id. */
  deletedUser(id: string): DirectoryObject | undefined {
    return this.#deleted.get(id)
  }

  /** By object id or user principal name, without case. */
  user(idOrName: string): DirectoryObject | undefined {
    const key = idOrName.toLowerCase()
    return this.#users.get(key) ?? this.#users.get(this.#userIds.get(key) ?? '')
  }

  setManager(userId: string, managerId: string | undefined): void {
    if (managerId === undefined) this.#managers.delete(userId)
    else this.#managers.set(userId, managerId)
  }

  managerOf(userId: string): DirectoryObject | undefined {
    return this.#users.get(this.#managers.get(userId) ?? '')
  }

  addGroup(properties: Properties & { id: string }, members: readonly string[] = []): void {
    const id = properties.id.toLowerCase()
    this.#groups.set(id, { id, properties: { ...properties, id } })
    this.#members.set(id, [...members])
  }

  group(id: string): DirectoryObject | undefined {
    return this.#groups.get(id.toLowerCase())
  }

  /** Takes a group away, also from other groups. */
  removeGroup(id: string): void {
    this.#groups.delete(id)
    this.#members.delete(id)
    for (const [group, members] of this.#members) {
      this.#members.set(
        group,
        members.filter((member) => member !== id),
      )
    }
  }

  /** Object ids of the direct members: users, groups, contacts. */
  membersOf(groupId: string): readonly string[] {
    return this.#members.get(groupId) ?? []
  }

  setMembers(groupId: string, members: readonly string[]): void {
    this.#members.set(groupId, [...members])
  }

  /** Object ids of all members, through nested groups, each once; groups themselves are members too. */
  transitiveMembersOf(groupId: string): string[] {
    const found = new Set<string>()
    const groups = [groupId]
    for (let group = groups.pop(); group !== undefined; group = groups.pop()) {
      for (const member of this.membersOf(group)) {
        if (found.has(member) || member === groupId) continue
        found.add(member)
        if (this.#groups.has(member)) groups.push(member)
      }
    }
    return [...found]
  }
}

function principalName({ properties }: DirectoryObject): string {
  return (properties['userPrincipalName'] as string).toLowerCase()
}
