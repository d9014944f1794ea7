"""How the running bot is seen from outside: health, metrics, heartbeat, service manager."""
