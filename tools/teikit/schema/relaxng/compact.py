def read_compact(data, uri, namespace): raise NotImplementedError
