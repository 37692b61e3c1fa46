/** An OpenAPI document, as far as this server writes one. */

export interface Schema {
  [keyword: string]: unknown
  $ref?: string
  description?: string
  properties?: Record<string, Schema>
  required?: string[]
}

export interface Media {
  schema: Schema
  examples?: Record<string, { $ref: string } | { summary?: string; value: unknown }>
}

export interface Parameter {
  name: string
  in: 'query' | 'path' | 'header' | 'cookie'
  required?: boolean
  description?: string | undefined
  schema: Schema
}

export interface Response {
  description: string
  headers?: Record<string, { $ref: string }>
  content?: Record<string, Media>
}

export interface Operation {
  operationId?: string
  summary?: string
  description?: string
  tags?: string[]
  security?: Record<string, string[]>[]
  parameters?: Parameter[]
  requestBody?: { required?: boolean; content: Record<string, Media> }
  responses: Record<string, Response | { $ref: string }>
}

export interface OpenApi {
  openapi: '3.1.0'
  info: object
  servers: readonly object[]
  security: readonly object[]
  tags: readonly { name: string }[]
  paths: Record<string, Record<string, Operation>>
  components: {
    schemas: Record<string, Schema>
    responses?: Record<string, Response>
    headers?: Record<string, object>
    examples?: Record<string, { summary?: string; value: unknown }>
    securitySchemes: Readonly<Record<string, object>>
  }
}

export const refTo = (kind: keyof OpenApi['components'], name: string) => ({
  $ref: `#/components/${kind}/${name}`,
})
