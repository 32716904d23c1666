/* eslint-disable */
// Written by paged-observable from: Demo users 1
// Changes are lost when it is written again.

export interface components {
    schemas: {
        ListLinkedUsersArguments: {
            $top?: number;
        };
        ListLinkedUsersPage: {
            value: components["schemas"]["User"][];
            "@odata.nextLink"?: string;
        };
        ListNumberedUsersArguments: {
            page?: number;
            size?: number;
        };
        ListNumberedUsersPage: {
            data: components["schemas"]["User"][];
        };
        ListUsersArguments: {
            limit?: number;
            page_token?: string;
            /** @enum {unknown} */
            sort_by?: "id_ascending" | "created_at_descending";
            team?: components["schemas"]["Team"];
        };
        /** @enum {unknown} */
        Team: "amber" | "cobalt" | "jade" | "ruby" | "slate";
        User: {
            id: string;
            name: string;
            email: string;
            team: components["schemas"]["Team"];
            active: boolean;
            /** Format: date-time */
            createdAt: string;
            score: number;
        };
        UserResultsPage: {
            items: components["schemas"]["User"][];
            next_page?: string | null;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type ListLinkedUsersArguments = components["schemas"]["ListLinkedUsersArguments"];
export type ListLinkedUsersPage = components["schemas"]["ListLinkedUsersPage"];
export type ListNumberedUsersArguments = components["schemas"]["ListNumberedUsersArguments"];
export type ListNumberedUsersPage = components["schemas"]["ListNumberedUsersPage"];
export type ListUsersArguments = components["schemas"]["ListUsersArguments"];
export type Team = components["schemas"]["Team"];
export type User = components["schemas"]["User"];
export type UserResultsPage = components["schemas"]["UserResultsPage"];
