/** The pages of a person with the days on which they are away. The one place where the two features meet. */
import { Absences } from '../features/delegations/absences.tsx'
import { PersonPage, ProfilePage } from '../features/people/person-page.tsx'

export const Person = () => <PersonPage absences={Absences} />
export const Profile = () => <ProfilePage absences={Absences} />
