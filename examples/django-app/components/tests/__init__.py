from hypothesis import HealthCheck, settings

# The same examples in each run, however slow the machine is.
settings.register_profile("any machine", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("any machine")
