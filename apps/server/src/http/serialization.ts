/**
 * Writes answers by the schemas of their routes. The writer of a schema is made once a process: making them is most
 * of what it costs to put a server together, and tests put together hundreds.
 */
import fastJson, { type Schema } from 'fast-json-stringify'
import type { FastifySerializerCompiler } from 'fastify'

type Serializer = (data: unknown) => string

const made = new WeakMap<object, Serializer>()

export const serializerCompiler: FastifySerializerCompiler<Schema & object> = ({ schema }) => {
  const known = made.get(schema)
  if (known) return known
  const serializer: Serializer = fastJson(schema)
  made.set(schema, serializer)
  return serializer
}
