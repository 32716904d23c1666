/* eslint-disable */
// Written by paged-observable from: Harbour Ledger (own work) 1.0.0
// Changes are lost when it is written again.

export interface components {
    schemas: {
        Berth: {
            id: string;
            depth?: number;
            occupiedBy?: string | null;
        };
        BerthPage: {
            data: components["schemas"]["Berth"][];
            total?: number;
        };
        CargoHits: {
            hits?: {
                sku?: string;
            }[];
            paging?: {
                after?: number | null;
            };
        };
        Event: {
            /** Format: date-time */
            at?: string;
            kind?: string;
        };
        GetBerthArguments: {
            id: string;
        };
        Invoice: {
            id?: string;
            amount?: number;
        };
        InvoiceList: {
            invoices?: components["schemas"]["Invoice"][];
            paging?: {
                next?: string | null;
            };
        };
        ListBerthsArguments: {
            page?: number;
            size?: number;
            dock?: string;
        };
        ListEventsArguments: {
            since?: string;
        };
        ListEventsPage: components["schemas"]["Event"][];
        ListInvoicesArguments: {
            cursor?: string;
            limit?: number;
        };
        ListLogLinesArguments: {
            page?: number;
        };
        ListLogLinesItem: string;
        ListLogLinesPage: {
            lines?: string[];
        };
        ListManifestsArguments: {
            page?: number;
            per_page?: number;
        };
        ListPilotsReply: {
            pilots?: Record<string, unknown>[];
        };
        ListTidesArguments: {
            "X-Offset"?: number;
        };
        ListTidesPage: {
            tides?: components["schemas"]["Tide"][];
        };
        ListVesselsArguments: {
            offset?: number;
            limit?: number;
        };
        Manifest: {
            id?: string;
        };
        ManifestPage: {
            manifests?: components["schemas"]["Manifest"][];
            links?: {
                next?: string | null;
            };
        };
        SearchCargoArguments: {
            body?: {
                text?: string;
                paging?: {
                    after?: number;
                    limit?: number;
                };
            };
        };
        SearchCargoItem: {
            sku?: string;
        };
        Tide: {
            height?: number;
        };
        Vessel: {
            imo: number;
            name?: string;
        };
        VesselEnvelope: {
            result?: {
                rows?: components["schemas"]["Vessel"][];
            };
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type Berth = components["schemas"]["Berth"];
export type BerthPage = components["schemas"]["BerthPage"];
export type CargoHits = components["schemas"]["CargoHits"];
export type Event = components["schemas"]["Event"];
export type GetBerthArguments = components["schemas"]["GetBerthArguments"];
export type Invoice = components["schemas"]["Invoice"];
export type InvoiceList = components["schemas"]["InvoiceList"];
export type ListBerthsArguments = components["schemas"]["ListBerthsArguments"];
export type ListEventsArguments = components["schemas"]["ListEventsArguments"];
export type ListEventsPage = components["schemas"]["ListEventsPage"];
export type ListInvoicesArguments = components["schemas"]["ListInvoicesArguments"];
export type ListLogLinesArguments = components["schemas"]["ListLogLinesArguments"];
export type ListLogLinesItem = components["schemas"]["ListLogLinesItem"];
export type ListLogLinesPage = components["schemas"]["ListLogLinesPage"];
export type ListManifestsArguments = components["schemas"]["ListManifestsArguments"];
export type ListPilotsReply = components["schemas"]["ListPilotsReply"];
export type ListTidesArguments = components["schemas"]["ListTidesArguments"];
export type ListTidesPage = components["schemas"]["ListTidesPage"];
export type ListVesselsArguments = components["schemas"]["ListVesselsArguments"];
export type Manifest = components["schemas"]["Manifest"];
export type ManifestPage = components["schemas"]["ManifestPage"];
export type SearchCargoArguments = components["schemas"]["SearchCargoArguments"];
export type SearchCargoItem = components["schemas"]["SearchCargoItem"];
export type Tide = components["schemas"]["Tide"];
export type Vessel = components["schemas"]["Vessel"];
export type VesselEnvelope = components["schemas"]["VesselEnvelope"];
