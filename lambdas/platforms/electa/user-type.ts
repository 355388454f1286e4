import type { Role } from '../../signups/signup.ts';

/** Electa API 3.0, User/Create: student, teacher moderator, teacher administrator. */
export const userTypes = { student: 'STD', moderator: 'MDR', administrator: 'ADM' } as const satisfies Record<
  Role,
  string
>;

/** The role that a reply's user type stands for, by its code or in words; `undefined` where it says something else. */
export function roleOf(userType: string): Role | undefined {
  const told = userType.trim().toLowerCase();
  if (told === 'adm' || told.includes('admin')) return 'administrator';
  if (told === 'mdr' || told.includes('moderator')) return 'moderator';
  return told === 'std' || told.includes('student') ? 'student' : undefined;
}
