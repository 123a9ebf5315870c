/** A field of a plan and the parameter or property of Exchange that it is: `exchangeGuid` is `ExchangeGuid`. */
export function fieldOf(parameter: string): string {
  return parameter.charAt(0).toLowerCase() + parameter.slice(1)
}

export function parameterOf(field: string): string {
  return field.charAt(0).toUpperCase() + field.slice(1)
}
