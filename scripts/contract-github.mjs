/** The operations that the simulator's GitHub answers. */
const OPERATIONS = [
  'GET /repos/{owner}/{repo}',
  'GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls',
  'GET /repos/{owner}/{repo}/issues',
  'POST /repos/{owner}/{repo}/issues',
  'GET /repos/{owner}/{repo}/issues/{issue_number}',
  'PATCH /repos/{owner}/{repo}/issues/{issue_number}',
  'GET /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'POST /repos/{owner}/{repo}/issues/{issue_number}/comments',
  'GET /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}',
  'GET /repos/{owner}/{repo}/pulls',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/files',
  'GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews',
  'GET /user',
]

/**
 * Cuts what the simulator needs from GitHub's own OpenAPI description: paths, methods, and the names,
 * types and enumerations of the properties of request bodies.
 *
 * @param {object} source github-openapi-subset.json, parsed
 * @returns {{ operations: Record<string, { id: string, body?: object }> }}
 * @throws when an operation is no longer described
 */
export function cutGitHub(source) {
  return {
    operations: Object.fromEntries(
      OPERATIONS.map((operation) => {
        const [method, path] = operation.split(' ')
        const described = source.paths[path]?.[method.toLowerCase()]
        if (!described) throw new Error(`GitHub's description has no ${operation}`)
        const schema = described.requestBody?.content['application/json'].schema
        return [operation, { id: described.operationId, ...(schema && { body: bodyOf(schema) }) }]
      }),
    ),
  }
}

function bodyOf({ properties, required = [] }) {
  return {
    required,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, property]) => [name, propertyOf(property)]),
    ),
  }
}

function propertyOf(property) {
  const types = (property.oneOf ?? [property]).map(({ type }) => type)
  return {
    types: property.nullable ? [...types, 'null'] : types,
    ...(property.enum && { values: property.enum }),
  }
}
