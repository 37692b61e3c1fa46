/** What integration tests start from: a real server, people, REST calls and sockets. */
export { newHome } from './home.ts'
export { addOrganisation, addPerson, changePerson, type Person } from './people.ts'
export type { Reply, Rest } from './rest.ts'
export { createTestClock, startServer, type TestServer, type TestServerOptions } from './server.ts'
export type { TestSocket } from './socket.ts'
